// What is worse on the fixed side. Better is no difference: a service that did not work before may not work after.
#pragma once

#include <vector>

#include "trial/proof.h"

namespace oakum::trial {

std::vector<Regression> compare(const Side& before, const Side& after);
std::vector<Regression> compare_service(const Observation& before, const Observation& after);

// What the service asks for on the fixed side: what its errors name, and where they name nothing that helps, what it
// was seen to write before.
fix::Needs wants_after(const Observation& before, const Observation& after);

}  // namespace oakum::trial
