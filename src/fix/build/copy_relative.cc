#include <string>

#include "fix/build/base.h"
#include "fix/build/edit.h"
#include "fix/build/paths.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// An absolute target means the same place: nothing else in the stage changes by it.
Planned plan(const Place& place, const Finding&, const Context& context) {
  const Argument& target = place.at->arguments.back();
  if (runs_elsewhere(place))
    return refuse(
        "ONBUILD runs in builds on this image, whose WORKDIR is not known here: write the whole path by hand");
  if (target.value == "~" || target.value.starts_with("~/"))
    return refuse("COPY knows no home: this makes a directory called \"~\"; write the whole path that is meant");
  const auto directory = workdir_before(place, context);
  if (!directory || !directory->starts_with('/'))
    return refuse("the base image's working directory is not known: write WORKDIR before it, or an absolute target");
  if (!place.at->json_form && !is_plain(place, target)) return refuse("the target is quoted: write it by hand");
  std::string path = absolute_path(*directory, target.value);
  // "." is a directory, and stays one when it is not there yet.
  const bool is_directory = target.value.ends_with('.') &&
                            (target.value == "." || target.value.ends_with("/.") || target.value.ends_with(".."));
  if (is_directory && !path.ends_with('/')) path += '/';
  return answer(put(place, target.span, place.at->json_form ? json_string(path) : path));
}

}  // namespace

extern constinit const Remedy copy_relative{"copy-relative", at_place<plan>};

}  // namespace oakum::fix::build
