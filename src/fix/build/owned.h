// What of an image has to belong to the user it runs as.
#pragma once

#include <string>
#include <vector>

#include "fix/build/place.h"
#include "model/dockerfile.h"

namespace oakum::fix::build {

struct Owned {
  std::vector<std::string> directories;       // the working directory and volumes, absolute, each once
  std::vector<const Instruction*> copies;     // COPY and ADD into them that do not say whom their files belong to
  const Instruction* first_volume = nullptr;  // of the stage: what is made in a volume behind it is lost
};

// Of the stage; directories of the system ("/", "/usr/bin") are never among them. `base`: the working directory of the
// image that its chain starts with; "" not known.
Owned owned_in(const Dockerfile& file, const Stage& stage, const std::string& base);

}  // namespace oakum::fix::build
