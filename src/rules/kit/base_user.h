// Which user an image runs as: by its own configuration where it is here, by what is known of official images, else
// not known.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "model/dockerfile.h"
#include "model/subjects.h"

namespace oakum::rules {

struct ImageUser {
  std::string user;      // "" where the image names none
  bool by_name = false;  // what is known of an official image of that name, not read from it
  bool root() const;
};

// `scratch` names no user. nullopt: nothing is known of this image.
std::optional<ImageUser> user_of_image(const ImageReference& image, const Subjects& subjects);

// The stage that is shipped; nullptr without stages.
const Stage* final_stage_of(const Dockerfile& dockerfile);
// The last USER of the stage itself (not of ONBUILD); nullptr when it has none.
const Instruction* last_user(const Dockerfile& dockerfile, const Stage& stage);
// The stage whose USER the final one ends with: itself or the one it inherits from; the root of its chain when none
// of them has a USER. 0 without stages.
std::size_t user_stage(const Dockerfile& dockerfile);

// Does the stage stand on a Windows image, or is the file written for Windows (escape=`)? Users have no numbers there.
bool on_windows(const Dockerfile& dockerfile, std::size_t stage);

}  // namespace oakum::rules
