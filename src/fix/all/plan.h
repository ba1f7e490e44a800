// The table of all remedies, and the plan for one finding.
#pragma once

#include <cstddef>
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
// All that are not suppressed. Working one out costs about as much as reading its text, so that a text with thousands
// of findings is worked out up to kMaxPlannedBytes of text read; the others are refused with that reason.
inline constexpr std::size_t kMaxPlannedBytes = 48U << 20;
void plan_all(std::vector<Finding>& findings, const Context& context);

}  // namespace oakum::fix
