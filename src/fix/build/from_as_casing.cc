#include <algorithm>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding& finding, const Context&) {
  const bool upper = std::ranges::none_of(place.at->spelling, [](char c) { return c >= 'a' && c <= 'z'; });
  return answer(other_piece(place, finding.origin.span, upper ? "AS" : "as"));
}

}  // namespace

extern constinit const Remedy from_as_casing{"from-as-casing", at_place<plan>};

}  // namespace oakum::fix::build
