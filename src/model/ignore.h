// Which paths of a build context .dockerignore leaves out: the one matcher for readers, rules and editors.
// https://docs.docker.com/build/concepts/context/#dockerignore-files and moby/patternmatcher.
#pragma once

#include <string_view>
#include <vector>

#include "model/dockerfile.h"

namespace oakum {

// Does the pattern match `path` or a directory above it? `*` and `?` stop at '/', `**` does not, `[a-z]` and `[^a-z]`
// are classes, a backslash takes the next byte as it is. Slashes at both ends and "./" in front do not count. Time is
// O(pattern * path), whatever the pattern.
bool matches_path_or_parent(std::string_view pattern, std::string_view path);

// Is `path` (relative to the context) left out? The last pattern that matches decides.
bool is_ignored(const std::vector<IgnorePattern>& patterns, std::string_view path);

}  // namespace oakum
