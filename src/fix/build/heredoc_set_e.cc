#include "fix/build/list.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding&, const Context&) {
  return answer(prepend_command(place, *place.at, "set -e"));
}

}  // namespace

extern constinit const Remedy heredoc_set_e{"heredoc-set-e", at_place<plan>};

}  // namespace oakum::fix::build
