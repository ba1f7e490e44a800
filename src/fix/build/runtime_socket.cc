#include <algorithm>
#include <cstddef>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding& finding, const Context&) {
  const auto& all = place.at->arguments;
  const auto found =
      std::ranges::find_if(all, [&](const Argument& a) { return a.span.begin == finding.origin.span.begin; });
  if (found == all.end()) return refuse("nothing of it stands at this place");
  return answer(without_argument(place, *place.at, static_cast<std::size_t>(found - all.begin())));
}

}  // namespace

extern constinit const Remedy runtime_socket{"runtime-socket", at_place<plan>};

}  // namespace oakum::fix::build
