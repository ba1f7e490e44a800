// What to do about a target's vulnerabilities: the upgrades, and what each closes.
#pragma once

#include "model/report.h"

namespace oakum::advisories {

// Sets target.actions and target.upgrade_all from its unsuppressed vulnerabilities that have a fix; call after filters
// and ignore rules. The version to go to is the highest of the fixes, in the order of the target's ecosystem.
void plan_actions(Target& target);

}  // namespace oakum::advisories
