#include <utility>

#include "base/text.h"
#include "fix/build/place.h"
#include "fix/build/rename.h"

namespace oakum::fix::build {

namespace {

// All references are written alike: BuildKit heeds no case in them, Buildah does.
Planned plan(const Place& place, const Finding&, const Context&) {
  auto edits = rename_stage(place, *place.stage, to_lower(place.stage->name));
  if (!edits) return std::unexpected(std::move(edits.error()));
  return answer(std::move(*edits));
}

}  // namespace

extern constinit const Remedy stage_casing{"stage-casing", in_stage<plan>};

}  // namespace oakum::fix::build
