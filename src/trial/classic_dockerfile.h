// A Dockerfile for the engine's classic builder, which knows neither cache mounts nor links: what only saves time is
// taken out, as what the image does is the same without it. The rest stays, and the builder says what it cannot.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile.h"

namespace oakum::trial {

struct ClassicDockerfile {
  std::string text;
  std::vector<std::string> taken_out;  // "RUN --mount=type=cache,…", as written
  // "" or what stands there that the classic builder cannot do, such as a mounted secret or a heredoc.
  std::string cannot;
};

// `label` ("name=value") is put on every stage, so that what the builder makes on the way carries it too.
ClassicDockerfile for_classic_builder(const Dockerfile& file, std::string_view text, std::string_view label);

}  // namespace oakum::trial
