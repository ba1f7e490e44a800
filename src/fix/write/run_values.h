// What a change's value is on a run line: flags and their values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fix/kit/change.h"

namespace oakum::fix {

// Flags that say the change, without the program: {"--cap-drop=ALL"}, {"--log-driver=local", "--log-opt=max-size=10m"}.
// Empty: a run line cannot say it, or there is nothing to say (privileged: false).
std::vector<std::string> flags_of(const Change& change);

// The value of one flag, `old` being what stands there now: "-v a:b" made read-only keeps the rest as written. "" where
// that cannot be said.
std::string changed_value(const Change& change, std::string_view old);

// The long flag that states `key`, without dashes; "" none.
std::string_view flag_name(Key key);

}  // namespace oakum::fix
