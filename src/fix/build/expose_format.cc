#include <cstddef>
#include <string>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// Builders take what stands behind the last colon, and drop the rest.
Planned plan(const Place& place, const Finding& finding, const Context&) {
  const std::string text(place.raw(finding.origin.span));
  const std::size_t colon = text.rfind(':');
  if (text.find('$') != std::string::npos || colon == std::string::npos || colon + 1 == text.size())
    return refuse("which port is meant does not stand here: write the container's port by hand");
  return answer(put(place, finding.origin.span, text.substr(colon + 1)));
}

}  // namespace

extern constinit const Remedy expose_format{"expose-format", at_place<plan>};

}  // namespace oakum::fix::build
