// What pip installs, and where the small image of the same Python looks for it.
#pragma once

#include <expected>

#include "fix/build/artefact.h"
#include "fix/build/place.h"
#include "fix/kit/remedy.h"

namespace oakum::fix::build {

// Of a stage on the official image of Python that installs with pip alone. Everything up to the last pip belongs into a
// stage of its own; refused where what is behind, or the packages, need more of it than can be told.
std::expected<Artefact, Refusal> python_packages(const Place& stage);

}  // namespace oakum::fix::build
