#include <cstddef>
#include <string>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding& finding, const Context&) {
  std::string text(place.raw(finding.origin.span));
  const std::size_t slash = text.rfind('/');
  if (slash == std::string::npos || text.find('$', slash) != std::string::npos)
    return refuse("the protocol comes from a variable: write its value in lower case");
  return answer(put(place, finding.origin.span, text.substr(0, slash) + to_lower(text.substr(slash))));
}

}  // namespace

extern constinit const Remedy expose_proto_casing{"expose-proto-casing", at_place<plan>};

}  // namespace oakum::fix::build
