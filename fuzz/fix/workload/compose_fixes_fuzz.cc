// Any Compose file, judged by every rule about workloads: what a remedy answers can be applied, and the result reads.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <utility>

#include "base/text.h"
#include "fix/kit/text.h"
#include "fix/workload/table.h"
#include "fix/write/write.h"
#include "read/compose/compose.h"
#include "rules/kit/judge.h"
#include "rules/workload/table.h"

namespace {

using namespace oakum;

class NoFiles : public compose::Files {
 public:
  Result<std::string> read(const std::string& path) const override { return fail(ErrorCode::not_found, path, "no"); }
};

void read(const std::string& text, Subjects& subjects) {
  compose::read({{"shop/compose.yaml", text}}, NoFiles(), {}, subjects);
}

void fix_one(const Finding& finding, const Subjects& subjects) {
  const auto table = fix::workload_remedies();
  const auto found =
      std::ranges::find_if(table, [&](const fix::Remedy* remedy) { return remedy->rule == finding.rule; });
  if (found == table.end() || finding.workload >= subjects.workloads.size()) return;
  const fix::Options options{.unsafe = true};
  const fix::Context context{subjects, options};
  auto answer = (*found)->plan(finding, context);
  if (!answer) {
    if (answer.error().why.empty()) std::abort();
    return;
  }
  if (!answer->changes.empty()) {
    auto written = fix::write(subjects, *context.texts, subjects.workloads[finding.workload], answer->changes);
    if (!written) return;
    std::ranges::move(*written, std::back_inserter(answer->edits));
  }
  const Source& source = subjects.sources.front();
  std::erase_if(answer->edits,
                [&](const Edit& edit) { return !edit.new_file.empty() || edit.source != source.number; });
  const auto after = fix::apply_edits(source.text, std::move(answer->edits));
  if (!after) std::abort();
  Subjects again;
  read(*after, again);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Subjects subjects;
  read(std::string(reinterpret_cast<const char*>(data), size), subjects);
  if (subjects.sources.empty() || !is_valid_utf8(subjects.sources.front().text)) return 0;
  for (const rules::Rule* rule : rules::workload_rules()) {
    rules::Outcome outcome;
    rules::evaluate(*rule, subjects, {}, outcome);
    for (const Finding& finding : outcome.findings) fix_one(finding, subjects);
  }
  return 0;
}
