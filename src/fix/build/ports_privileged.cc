#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// EXPOSE only says where the program listens; the number alone would be a lie.
Planned plan(const Place&, const Finding&, const Context&) {
  return refuse("the program's own configuration says on which port it listens: change it there, then in EXPOSE");
}

}  // namespace

extern constinit const Remedy ports_privileged{"ports-privileged", at_place<plan>};

}  // namespace oakum::fix::build
