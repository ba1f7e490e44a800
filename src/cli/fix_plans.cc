#include "cli/fix_plans.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "check/redact.h"
#include "fix/all/plan.h"
#include "fix/kit/text.h"

namespace oakum::cli {

namespace {

bool holds_secret(const std::string& text) { return check::without_secrets(text, check::TextKind::source) != text; }

using Secrets = std::set<std::string, std::less<>>;

constexpr std::size_t kShortest = 4;  // of what is looked for: shorter ones stand everywhere

// What the finding's line shows stars for.
void add_masked(const Subjects& subjects, const Finding& finding, Secrets& secrets) {
  const Source* source = subjects.source(finding.origin.source);
  if (source == nullptr || finding.origin.span.line == 0) return;
  const std::size_t begin = fix::line_begin(source->text, finding.origin.span.begin);
  const std::string_view line = std::string_view(source->text).substr(begin, finding.excerpt.size());
  std::string run;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    const bool masked = i < line.size() && finding.excerpt[i] == '*' && line[i] != '*';
    if (masked) run += line[i];
    if (!masked && run.size() >= kShortest) secrets.insert(run);
    if (!masked) run.clear();
  }
}

// A variable's value may stand in another line than its name.
void add_value(const Subjects& subjects, const Finding& finding, Secrets& secrets) {
  if (finding.rule != "secret-in-env") return;
  for (const Workload& workload : subjects.workloads) {
    for (const auto& variable : workload.environment) {
      const auto& value = variable.value.value;
      if (variable.origin == finding.origin && value && value->size() >= kShortest) secrets.insert(*value);
    }
  }
}

bool shows_one_of(const Secrets& secrets, std::string_view text) {
  return std::ranges::any_of(secrets,
                             [text](const std::string& one) { return text.find(one) != std::string_view::npos; });
}

}  // namespace

void plan_for_report(const Subjects& subjects, std::vector<Finding>& findings) {
  const fix::Options options;
  fix::plan_all(findings, {subjects, options});
  Secrets secrets;
  for (const Finding& finding : findings) {
    add_masked(subjects, finding, secrets);
    add_value(subjects, finding, secrets);
  }
  for (Finding& finding : findings) {
    if (finding.fix.plan == nullptr) continue;
    const PlannedFix& planned = *finding.fix.plan;
    const bool in_edits = planned.secret || std::ranges::any_of(planned.edits, [&](const Edit& edit) {
                            return holds_secret(edit.text) || shows_one_of(secrets, edit.text);
                          });
    if (!in_edits && !holds_secret(planned.patch) && !shows_one_of(secrets, planned.patch)) continue;
    PlannedFix plan = planned;
    plan.patch.clear();
    if (in_edits) plan.edits.clear();
    plan.note += (plan.note.empty() ? "" : "; ") + std::string("its patch would show a secret: see oakum fix --diff");
    finding.fix.plan = std::make_shared<const PlannedFix>(std::move(plan));
  }
}

}  // namespace oakum::cli
