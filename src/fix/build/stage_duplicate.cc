#include <utility>

#include "fix/build/place.h"
#include "fix/build/rename.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding&, const Context&) {
  auto edits = rename_stage(place, *place.stage, free_stage_name(*place.file, place.stage->name));
  if (!edits) return std::unexpected(std::move(edits.error()));
  return answer(std::move(*edits));
}

}  // namespace

extern constinit const Remedy stage_duplicate{"stage-duplicate", in_stage<plan>};

}  // namespace oakum::fix::build
