#include "fix/build/base.h"
#include "fix/build/edit.h"
#include "fix/build/paths.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding&, const Context& context) {
  const Argument& path = place.at->arguments.front();
  if (runs_elsewhere(place))
    return refuse(
        "ONBUILD runs in builds on this image, whose WORKDIR is not known here: write the whole path by hand");
  const auto directory = workdir_before(place, context);
  if (!directory || !directory->starts_with('/'))
    return refuse("the base image's working directory is not known: write the whole path by hand");
  if (!is_plain(place, path)) return refuse("the path is put together from parts: write it whole by hand");
  return answer(put(place, path.span, absolute_path(*directory, path.value)));
}

}  // namespace

extern constinit const Remedy workdir_relative{"workdir-relative", at_place<plan>};

}  // namespace oakum::fix::build
