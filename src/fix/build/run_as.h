// An image that runs as a user of its own: which one, and what has to be made and to belong to it.
#pragma once

#include <expected>

#include "fix/build/place.h"
#include "fix/kit/remedy.h"

namespace oakum::fix::build {

// All edits after which the shipped stage runs as another user than root. `stage`: a place in it. With `replaced`, a
// USER right at the end, that one goes for it.
Planned run_as_owner(const Place& stage, const Finding& finding, const Context& context,
                     const Instruction* replaced = nullptr);

// The shipped stage's FROM.
std::expected<Place, Refusal> shipped_place(const Place& place);

}  // namespace oakum::fix::build
