#include <string_view>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// "linux/arm64" → "arm64"
std::string_view architecture(std::string_view platform) {
  next_field(platform, '/');
  return next_field(platform, '/');
}

// Without the flag the stage is built for the platform that is asked for. $BUILDPLATFORM would be wrong wherever its
// files end in the result, unless the stage cross-compiles, which cannot be seen.
Planned plan(const Place& place, const Finding&, const Context&) {
  if (is_windows_image(place.stage->image) || place.stage->platform.starts_with("windows"))
    return refuse("the image is there for Windows alone, and builders elsewhere would not find it without");
  const std::string_view arch = architecture(place.stage->platform);
  if (!arch.empty() && to_lower(place.stage->name).find(arch) != std::string::npos)
    return refuse("the name of the stage says that it is for this platform: take the flag out by hand if it is not");
  return answer({without_flag(place, *place.at->flag("platform"))},
                "a stage that cross-compiles wants --platform=$BUILDPLATFORM instead");
}

}  // namespace

extern constinit const Remedy platform_const{"platform-const", in_stage<plan>};

}  // namespace oakum::fix::build
