#include <utility>

#include "base/text.h"
#include "fix/build/place.h"
#include "fix/build/rename.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding&, const Context&) {
  // FROM scratch behind it: who wrote it may have meant either.
  for (const Stage& stage : place.file->stages) {
    if (&stage != place.stage && equals_ignoring_case(stage.image.text, place.stage->name) &&
        stage.first > place.stage->first)
      return refuse("a later FROM names it, which may mean the stage or not: rename it by hand");
  }
  auto edits = rename_stage(place, *place.stage, free_stage_name(*place.file, place.stage->name + "-stage"));
  if (!edits) return std::unexpected(std::move(edits.error()));
  return answer(std::move(*edits));
}

}  // namespace

extern constinit const Remedy stage_reserved{"stage-reserved", in_stage<plan>};

}  // namespace oakum::fix::build
