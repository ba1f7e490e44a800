// Paths inside an image: relative, "/" between the parts, no ".", "..", empty parts or leading slash; "" is the root.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oakum::image {

struct PathLimits {
  std::size_t bytes = 4096;
  std::size_t depth = 256;
};

enum class PathFault : std::uint8_t { none, escapes, too_long, too_deep, has_nul };
std::string_view to_string(PathFault fault);

struct NormalPath {
  std::string_view path;  // borrows the input, or `buffer` when it had to be rewritten
  PathFault fault = PathFault::none;
};

// `raw` as an archive states it, made a path inside the image. Absolute paths count from the image's root; a path that
// leaves it is a fault, never cut to fit.
NormalPath normal_path(std::string_view raw, const PathLimits& limits, std::string& buffer);

// Where a link at `path` points: relative to its directory, or to the root. As the kernel does it, ".." at the root
// stays there. nullopt when the result breaks the limits.
std::optional<std::string> link_target(std::string_view path, std::string_view target, const PathLimits& limits);

std::string_view parent_of(std::string_view path);  // "" for a path of one part
std::string_view last_part(std::string_view path);
// Whether `path` lies below `directory` (not the directory itself); everything lies below "".
bool lies_below(std::string_view path, std::string_view directory);
std::string join_path(std::string_view directory, std::string_view rest);

}  // namespace oakum::image
