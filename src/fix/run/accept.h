// Was a pass good? Judged by what the rules say before and after.
#pragma once

#include <string>
#include <vector>

#include "model/finding.h"
#include "model/report.h"

namespace oakum::fix {

// "" when of every rule there are, in every file, at least as many findings less as `fixed` holds of it, no rule has
// more than before (but those whose findings a fix brings to light), and nothing that was readable is unreadable now.
// Else what is wrong, as a sentence.
std::string what_is_wrong(const std::vector<Target>& before, const std::vector<Target>& after,
                          const std::vector<const Finding*>& fixed);

}  // namespace oakum::fix
