#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding&, const Context&) {
  return answer(without_flag(place, *place.at->flag("platform")));
}

}  // namespace

extern constinit const Remedy platform_redundant{"platform-redundant", at_place<plan>};

}  // namespace oakum::fix::build
