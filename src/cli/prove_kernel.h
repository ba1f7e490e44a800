// What the kernel says of each service's first process, before and after, as a table for people.
#pragma once

#include <string>

#include "trial/proof.h"

namespace oakum::cli {

// A heading and one line per service that runs afterwards; "" when there is none. What changed stands as "0 → 999".
std::string kernel_table(const trial::Side& before, const trial::Side& after);

}  // namespace oakum::cli
