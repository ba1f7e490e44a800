#include "fix/build/place.h"
#include "fix/build/run_as.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding& finding, const Context& context) {
  const auto stage = shipped_place(place);
  if (!stage) return std::unexpected(stage.error());
  return run_as_owner(*stage, finding, context);
}

}  // namespace

extern constinit const Remedy user_missing{"user-missing", at_place<plan>};

}  // namespace oakum::fix::build
