// The table of all remedies, and the plan for one finding.
#pragma once

#include <string_view>
#include <vector>

#include "fix/kit/remedy.h"
#include "model/finding.h"
#include "model/subjects.h"

namespace oakum::fix {

// The remedy for findings of `rule` on that surface; nullptr: nothing but advice.
const Remedy* find_remedy(std::string_view rule, Surface surface);

// Works out the finding's fix: its edits with their patch, or the reason why there are none. `finding.fix.plan` and,
// where the remedy says so, `finding.fix.safety` are set. Findings whose rule has no remedy are left as they are.
void plan(Finding& finding, const Context& context);
// All that are not suppressed.
void plan_all(std::vector<Finding>& findings, const Context& context);

}  // namespace oakum::fix
