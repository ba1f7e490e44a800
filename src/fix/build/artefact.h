// What a build makes, for the shapes of Dockerfiles in which that can be told for sure.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "fix/build/place.h"
#include "fix/kit/remedy.h"

namespace oakum::fix::build {

struct Artefact {
  const Instruction* run = nullptr;  // that makes it
  std::string from;                  // its path in the stage that builds, absolute
  std::string to;                    // where the program is started from
  std::string base;                  // what it needs to run: "scratch", "debian:stable-slim", …
  std::string user = "65532:65532";
  bool certificates = false;      // the base has no certificate authorities, and the building image does
  std::vector<std::string> more;  // further paths, which stand in both stages at the same place
  bool goes_on = false;           // what is copied and run behind it stays as it is, in the last stage
};

// Of a file with one stage on the official image of Go, Rust, Maven, Gradle, Node or Python. Refused: any other shape.
std::expected<Artefact, Refusal> artefact_of(const Place& stage, const Context& context);

}  // namespace oakum::fix::build
