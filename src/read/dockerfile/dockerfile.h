// Dockerfiles, as BuildKit reads them: https://docs.docker.com/reference/dockerfile/ and moby/buildkit
// frontend/dockerfile.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "model/dockerfile.h"

namespace oakum::dockerfile {

struct Options {
  std::vector<std::pair<std::string, std::string>> build_args;  // values given from outside
  std::string target;                                           // requested stage
};

// Never fails: what the builder would refuse is in `problems`, each with its place, and reading goes on behind it. A
// text that cannot be read at all (UTF-16, NUL, over 64 MiB or 100,000 instructions) gives one problem and no
// instructions. `source` is put into the result as it is.
Dockerfile read(std::string_view text, std::uint32_t source, const Options& options = {});

// The bytes of a .dockerignore: https://docs.docker.com/build/concepts/context/#dockerignore-files
std::vector<IgnorePattern> read_ignore(std::string_view text);
// Is `path` (relative to the context, '/' between) left out of the context? Go's filepath.Match with `**`, last match
// wins.
bool ignored(const std::vector<IgnorePattern>& patterns, std::string_view path);

}  // namespace oakum::dockerfile
