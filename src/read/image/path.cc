#include "read/image/path.h"

#include <algorithm>

namespace oakum::image {

namespace {

// Nearly every path of a real archive is normal but for a leading "./" or a trailing "/": those are only cut.
bool is_plain(std::string_view path) {
  if (path.starts_with('.')) return false;
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    if (at + 1 == path.size() || path[at + 1] == '/' || path[at + 1] == '.') return false;
  }
  return true;
}

// Appends the parts of `raw` to `out`; false when ".." goes above the root and `clamp` is not set.
bool append_parts(std::string_view raw, bool clamp, std::string& out) {
  while (!raw.empty()) {
    const std::size_t slash = std::min(raw.find('/'), raw.size());
    const std::string_view part = raw.substr(0, slash);
    raw.remove_prefix(std::min(slash + 1, raw.size()));
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (out.empty() && !clamp) return false;
      const std::size_t cut = out.rfind('/');
      out.resize(cut == std::string::npos ? 0 : cut);
      continue;
    }
    if (!out.empty()) out += '/';
    out += part;
  }
  return true;
}

PathFault check(std::string_view path, const PathLimits& limits) {
  if (path.size() > limits.bytes) return PathFault::too_long;
  // A path of N bytes has at most N / 2 + 1 parts.
  if (path.size() / 2 < limits.depth) return PathFault::none;
  const auto slashes = static_cast<std::size_t>(std::ranges::count(path, '/'));
  return slashes + 1 > limits.depth ? PathFault::too_deep : PathFault::none;
}

}  // namespace

std::string_view to_string(PathFault fault) {
  switch (fault) {
    case PathFault::none:
      return "is fine";
    case PathFault::escapes:
      return "leaves the image";
    case PathFault::too_long:
      return "is too long";
    case PathFault::too_deep:
      return "is too deep";
    case PathFault::has_nul:
      return "holds a NUL byte";
  }
  return "is fine";
}

NormalPath normal_path(std::string_view raw, const PathLimits& limits, std::string& buffer) {
  // Twice the limit leaves room for "./" and the like; nothing longer is worth the walk.
  if (raw.size() > 2 * limits.bytes) return {.path = {}, .fault = PathFault::too_long};
  if (raw.find('\0') != std::string_view::npos) return {.path = {}, .fault = PathFault::has_nul};
  std::string_view path = raw;
  while (path.starts_with('/') || path.starts_with("./")) path.remove_prefix(path[0] == '/' ? 1 : 2);
  while (path.ends_with('/')) path.remove_suffix(1);
  if (!is_plain(path)) {
    buffer.clear();
    if (!append_parts(path, false, buffer)) return {.path = {}, .fault = PathFault::escapes};
    path = buffer;
  }
  return {.path = path, .fault = check(path, limits)};
}

std::optional<std::string> link_target(std::string_view path, std::string_view target, const PathLimits& limits) {
  if (target.empty() || target.size() > limits.bytes || target.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  std::string result;
  if (!target.starts_with('/')) result = parent_of(path);
  append_parts(target, true, result);
  if (check(result, limits) != PathFault::none) return std::nullopt;
  return result;
}

std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool lies_below(std::string_view path, std::string_view directory) {
  if (directory.empty()) return !path.empty();
  return path.size() > directory.size() && path[directory.size()] == '/' && path.starts_with(directory);
}

std::string join_path(std::string_view directory, std::string_view rest) {
  if (directory.empty()) return std::string(rest);
  if (rest.empty()) return std::string(directory);
  std::string path(directory);
  path += '/';
  return path += rest;
}

}  // namespace oakum::image
