// Affected versions of an OSV record: ranges of events, single versions.
#pragma once

#include <string_view>
#include <vector>

#include "advisories/feeds/json.h"
#include "model/advisory.h"

namespace oakum::advisories {

// Adds the versions that one element of `affected` names to the claim: its ranges but those of type GIT, and of its
// `versions` those that no range covers already. `claim.ecosystem` says how they compare.
void add_affected(JsonValue affected, Claim& claim);

}  // namespace oakum::advisories
