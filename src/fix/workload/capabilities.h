// Which capabilities a workload keeps when ALL are dropped.
#pragma once

#include "fix/workload/family.h"

namespace oakum::fix::workload {

// Changes that drop ALL and add back what it needs; also its user where it then starts without any. `pass`: how many
// ways to pass over, the first is what is known of the image and the second adds what programs that start as root
// commonly use. `at`: the statement in cap_drop that is misspelt and is replaced.
std::expected<std::vector<Change>, Refusal> drop_all(const Workload& workload, const Context& context, std::size_t pass,
                                                     std::optional<Origin> at = std::nullopt);

// What to know of them where they also change the user; "" else.
std::string note_on_user(const Workload& workload, const std::vector<Change>& changes);

}  // namespace oakum::fix::workload
