#include <optional>
#include <string>
#include <string_view>

#include "fix/build/chain.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/build/run_as.h"
#include "fix/kit/image_needs.h"

namespace oakum::fix::build {

namespace {

// Does the image still start what its base does? A CMD with other arguments for the base's entrypoint may not.
bool starts_as_base(const Place& place) {
  for (const Instruction* step : steps_of(*place.file, *place.stage)) {
    if (step->kind == InstructionKind::entrypoint || step->kind == InstructionKind::cmd) return false;
  }
  return true;
}

Planned plan(const Place& place, const Finding&, const Context&) {
  const auto stage = shipped_place(place);
  if (!stage) return std::unexpected(stage.error());
  const Stage* root = root_of(*place.file, *stage->stage);
  const ImageNeeds* needs = root->image_known ? needs_of_image(root->image) : nullptr;
  if (needs == nullptr || needs->health.empty())
    return refuse(
        "which command tells whether its program answers is not known: write HEALTHCHECK with one that the "
        "image has");
  if (!starts_as_base(*stage))
    return refuse("it starts another program than its base image: write HEALTHCHECK with a command that asks that one");
  auto edit = put_last(*stage, *stage->stage,
                       "HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD " +
                           json_array(words_of(needs->health)));
  if (!edit) return std::unexpected(std::move(edit.error()));
  Answer result;
  result.edits.push_back(std::move(*edit));
  result.safety = FixSafety::unsafe;
  return result;
}

}  // namespace

extern constinit const Remedy healthcheck{"healthcheck", at_place<plan>};

}  // namespace oakum::fix::build
