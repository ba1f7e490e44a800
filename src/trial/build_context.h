// What the builder is sent: the files of a directory that .dockerignore lets in, with those that were changed in
// memory.
#pragma once

#include <string>

#include "base/error.h"
#include "check/context.h"
#include "model/dockerfile.h"

namespace oakum::trial {

inline constexpr std::size_t kMaxContextBytes = 256U << 20;
inline constexpr std::size_t kMaxContextFiles = 100'000;
// Under which name the Dockerfile is in the archive, wherever it was.
inline constexpr const char* kDockerfileName = ".oakum-trial.Dockerfile";

// `file` says which directory and which ignore patterns; `text` is the Dockerfile as it is to be built. Texts of paths
// below the context stand for the files there, also for those that do not exist. Links stay links; what is no file,
// directory or link is left out. Errors: `limit` for a context that is too large, what the file system says.
Result<std::string> pack_context(const Dockerfile& file, const std::string& text, const check::Texts& texts);

}  // namespace oakum::trial
