// Numbers of users and groups that no node uses.
#pragma once

#include <string_view>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

// The number that the finding points at becomes one of 10000 or more, the same for the same. `what` is "uid" or "gid".
Planned raise(const Finding& finding, const Context& context, std::string_view what);

// Is it the user that the container's image is made for?
bool is_of_image(const Workload& workload, std::string_view user);

}  // namespace oakum::fix::kubernetes
