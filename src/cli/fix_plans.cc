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

// Do the edits themselves?
bool edits_hold_secret(const PlannedFix& plan) {
  return plan.secret || std::ranges::any_of(plan.edits, [](const Edit& edit) { return holds_secret(edit.text); });
}

}  // namespace

void plan_for_report(const Subjects& subjects, std::vector<Finding>& findings) {
  const fix::Options options;
  fix::plan_all(findings, {subjects, options});
  for (Finding& finding : findings) {
    if (finding.fix.plan == nullptr) continue;
    const bool in_edits = edits_hold_secret(*finding.fix.plan);
    if (!in_edits && !holds_secret(finding.fix.plan->patch)) continue;
    PlannedFix plan = *finding.fix.plan;
    plan.patch.clear();
    if (in_edits) plan.edits.clear();
    plan.note += (plan.note.empty() ? "" : "; ") + std::string("its patch would show a secret: see oakum fix --diff");
    finding.fix.plan = std::make_shared<const PlannedFix>(std::move(plan));
  }
}

}  // namespace oakum::cli
