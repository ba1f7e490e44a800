#include "cli/fix_plans.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "check/redact.h"
#include "fix/all/plan.h"

namespace oakum::cli {

namespace {

bool holds_secret(const std::string& text) { return check::without_secrets(text, check::TextKind::source) != text; }

bool holds_secret(const PlannedFix& plan) {
  return holds_secret(plan.patch) ||
         std::ranges::any_of(plan.edits, [](const Edit& e) { return holds_secret(e.text); });
}

}  // namespace

void plan_for_report(const Subjects& subjects, std::vector<Finding>& findings) {
  const fix::Options options;
  fix::plan_all(findings, {subjects, options});
  for (Finding& finding : findings) {
    if (finding.fix.plan == nullptr || !holds_secret(*finding.fix.plan)) continue;
    PlannedFix plan = *finding.fix.plan;
    plan.patch.clear();
    if (std::ranges::any_of(plan.edits, [](const Edit& edit) { return holds_secret(edit.text); })) plan.edits.clear();
    plan.note += (plan.note.empty() ? "" : "; ") + std::string("its patch would show a secret: see oakum fix --diff");
    finding.fix.plan = std::make_shared<const PlannedFix>(std::move(plan));
  }
}

}  // namespace oakum::cli
