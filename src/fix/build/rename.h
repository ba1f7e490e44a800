// Stages under another name.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

// Calls the stage `name` in its FROM, and in every FROM, COPY --from and RUN --mount=from= that means it. Refuses where
// one of them cannot be edited, or where the name is asked for from outside (build.target), unless only its case
// changes.
std::expected<Edits, Refusal> rename_stage(const Place& place, const Stage& stage, std::string_view name);

// `wish`, or with a number behind it when a stage is called so.
std::string free_stage_name(const Dockerfile& file, std::string_view wish);

}  // namespace oakum::fix::build
