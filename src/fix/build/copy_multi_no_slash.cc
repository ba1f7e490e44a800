#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding& finding, const Context&) {
  const Argument& target = place.at->arguments.back();
  if (place.at->json_form) return answer(put(place, target.span, json_string(target.value + "/")));
  const char last = place.raw(finding.origin.span).back();
  if (last == '"' || last == '\'' || last == place.file->escape)
    return refuse("the target is quoted: put a slash at its end by hand");
  return answer(put_after(place, target.span, "/"));
}

}  // namespace

extern constinit const Remedy copy_multi_no_slash{"copy-multi-no-slash", at_place<plan>};

}  // namespace oakum::fix::build
