#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding&, const Context&) { return answer(without_itself(place)); }

}  // namespace

extern constinit const Remedy healthcheck_several{"healthcheck-several", at_place<plan>};

}  // namespace oakum::fix::build
