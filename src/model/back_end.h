// What only other services use: databases, caches, queues, search engines. Told by the name of the image.
#pragma once

#include <string_view>

#include "model/workload.h"

namespace oakum {

// "PostgreSQL"; "" for what is none of them, or not known to be: a name that is made of variables, a build of one's
// own. A tag may be one.
std::string_view back_end_kind(const Workload& service);

}  // namespace oakum
