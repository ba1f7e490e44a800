// Any text, fixed as a whole: what comes out reads, says less than before, keeps every byte that no fix owns, and is
// left alone by a second run.
//
// Of the first byte, two bits choose what the text is, one allows unsafe fixes and one asks the strict profile; the
// second byte chooses the fix that is also tried alone.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/detect.h"
#include "check/selection.h"
#include "fix/run/run.h"

namespace {

using namespace oakum;

struct Kind {
  check::FileKind kind;
  const char* name;
};
constexpr Kind kKinds[] = {
    {check::FileKind::dockerfile, "oakum-fuzz/Dockerfile"},
    {check::FileKind::compose, "oakum-fuzz/compose.yaml"},
    {check::FileKind::kubernetes, "oakum-fuzz/pod.yaml"},
    {check::FileKind::run_lines, "oakum-fuzz/run.sh"},
};

[[noreturn]] void give_up(const char* what, const std::string& before, const std::string& after) {
  std::fprintf(stderr, "fix_fuzz: %s\n--- before\n%s\n--- after\n%s\n", what, before.c_str(), after.c_str());
  std::abort();
}

const check::Selection& selection(bool strict) {
  static const auto recommended = check::select_rules(check::Profile::recommended, {}, {});
  static const auto all = check::select_rules(check::Profile::strict, {}, {});
  return strict ? *all : *recommended;
}

fix::Request request_of(const Kind& kind, const std::string& text, std::uint8_t bits) {
  fix::Request request;
  check::Pending pending;
  pending.kind = kind.kind;
  pending.unit.kind = check::target_kind(kind.kind);
  pending.unit.name = kind.name;
  pending.unit.text = text;
  request.pending.push_back(std::move(pending));
  request.read.context = false;
  request.plan.selection = selection((bits & 8) != 0);
  request.plan.shellcheck = false;
  request.plan.threads = 1;
  request.options.unsafe = (bits & 4) != 0;
  return request;
}

std::size_t errors_of(const std::vector<Target>& targets) {
  std::size_t errors = 0;
  for (const Target& target : targets) errors += target.errors.size();
  return errors;
}

std::map<std::string, std::ptrdiff_t> count(const std::vector<Target>& targets) {
  std::map<std::string, std::ptrdiff_t> counts;
  for (const Target& target : targets) {
    for (const Finding& finding : target.findings) ++counts[finding.rule];
  }
  return counts;
}

// The text afterwards: what is not there was not changed.
std::string after_of(const fix::Outcome& outcome, const std::string& name, const std::string& before) {
  for (const fix::FileChange& file : outcome.files) {
    if (file.path != name) continue;
    if (!file.existed || file.before != before) give_up("the text was not taken as it is", before, file.before);
    return file.after;
  }
  return before;
}

void expect_better(const fix::Outcome& outcome, const std::string& before, const std::string& after) {
  if (errors_of(outcome.after) > errors_of(outcome.before)) give_up("the result does not read", before, after);
  auto allowed = count(outcome.before);
  for (const Finding& finding : outcome.fixed) --allowed[finding.rule];
  for (const auto& [rule, found] : count(outcome.after)) {
    // Nobody misses a policy of pods on the host's network.
    if (found > allowed[rule] && rule != "network-policy") give_up(rule.c_str(), before, after);
  }
}

// One pass with one fix: the bytes outside of its edits are there, in their order, and nothing else is.
void expect_only_edits(const fix::Outcome& outcome, const std::string& name, std::string_view before,
                       std::string_view after) {
  std::vector<Edit> edits = outcome.fixed.front().fix.plan->edits;
  std::erase_if(edits, [&](const Edit& edit) { return !edit.new_file.empty() || edit.path != name; });
  std::size_t from = 0;
  std::size_t to = 0;
  const auto expect = [&](std::string_view piece) {
    if (after.substr(std::min(to, after.size()), piece.size()) != piece)
      give_up("bytes that no edit owns were changed", std::string(before), std::string(after));
    to += piece.size();
  };
  for (const Edit& edit : edits) {
    if (edit.span.begin < from) give_up("edits overlap", std::string(before), std::string(after));
    expect(before.substr(from, edit.span.begin - from));
    expect(edit.text);
    from = edit.span.end;
  }
  expect(before.substr(from));
  if (to != after.size()) give_up("more was written than the edits say", std::string(before), std::string(after));
}

void fix_alone(const Kind& kind, const std::string& text, std::uint8_t bits, const Finding& chosen) {
  fix::Request request = request_of(kind, text, bits);
  request.wants = [id = fix::id_of(chosen)](const Finding& finding) { return fix::id_of(finding) == id; };
  const fix::Outcome outcome = fix::run(request);
  const std::string after = after_of(outcome, kind.name, text);
  expect_better(outcome, text, after);
  if (outcome.passes == 1 && outcome.fixed.size() == 1) expect_only_edits(outcome, kind.name, text, after);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::uint8_t bits = data[0];
  const Kind& kind = kKinds[bits & 3];
  const std::string text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const fix::Outcome first = fix::run(request_of(kind, text, bits));
  const std::string after = after_of(first, kind.name, text);
  expect_better(first, text, after);
  if (first.files.empty()) return 0;

  // Files that the first run made are there when the second begins.
  check::Texts beside;
  for (const fix::FileChange& file : first.files) {
    if (file.path != kind.name) beside.emplace(file.path, file.after);
  }
  fix::Request again = request_of(kind, after, bits);
  again.read.texts = &beside;
  const fix::Outcome second = fix::run(again);
  if (!second.files.empty()) give_up("a second run changes the text again", after, second.files.front().after);

  if (!first.fixed.empty()) fix_alone(kind, text, bits, first.fixed[data[1] % first.fixed.size()]);
  return 0;
}
