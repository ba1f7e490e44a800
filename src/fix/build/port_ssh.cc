#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding& finding, const Context& context) {
  const Argument* port = argument_at(place, finding);
  if (port != nullptr && port->value.find('-') != std::string::npos)
    return refuse("it is one of a range of ports: write those that are meant");
  return drop_argument(place, finding, context);
}

}  // namespace

extern constinit const Remedy port_ssh{"port-ssh", at_place<plan>};

}  // namespace oakum::fix::build
