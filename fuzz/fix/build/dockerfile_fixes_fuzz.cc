// Any Dockerfile, judged by every rule about Dockerfiles: what a remedy answers can be applied, and the result reads.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/build/table.h"
#include "fix/kit/text.h"
#include "read/dockerfile/dockerfile.h"
#include "rules/build/table.h"
#include "rules/kit/judge.h"

namespace {

using namespace oakum;

void fix_one(const Finding& finding, const Subjects& subjects) {
  const auto table = fix::build_remedies();
  const auto found =
      std::ranges::find_if(table, [&](const fix::Remedy* remedy) { return remedy->rule == finding.rule; });
  if (found == table.end()) return;
  const fix::Options options{.unsafe = true};
  auto answer = (*found)->plan(finding, {subjects, options});
  if (!answer) {
    if (answer.error().why.empty()) std::abort();
    return;
  }
  std::erase_if(answer->edits, [](const Edit& edit) { return !edit.new_file.empty(); });
  const auto after = fix::apply_edits(subjects.sources.front().text, std::move(answer->edits));
  // Places inside a UTF-8 character come of bytes that are no UTF-8; files like that are not fixed.
  if (!after) {
    if (is_valid_utf8(subjects.sources.front().text)) std::abort();
    return;
  }
  dockerfile::read(*after, 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Subjects subjects;
  const std::uint32_t number =
      subjects.add_source("Dockerfile", std::string(reinterpret_cast<const char*>(data), size));
  subjects.dockerfiles.push_back(dockerfile::read(subjects.source(number)->text, number));
  for (const rules::Rule* rule : rules::build_rules()) {
    rules::Outcome outcome;
    rules::evaluate(*rule, subjects, {}, outcome);
    for (const Finding& finding : outcome.findings) fix_one(finding, subjects);
  }
  return 0;
}
