#include "read/compose/paths.h"

#include <vector>

#include "base/text.h"

namespace oakum::compose {

std::string directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return std::string(path.substr(0, slash == 0 ? 1 : slash));
}

std::string resolve_path(std::string_view directory, std::string_view path) {
  std::string joined(path);
  if (!path.starts_with('/') && !directory.empty()) joined = std::string(directory) + "/" + joined;
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(joined, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (part != ".." || !joined.starts_with('/')) {
      parts.push_back(part);
    }
  }
  std::string result = joined.starts_with('/') ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) result += '/';
    result += parts[i];
  }
  return result.empty() ? "." : result;
}

bool is_remote(std::string_view path) {
  return path.find("://") != std::string_view::npos || path.starts_with("git@") || path.starts_with("github.com/");
}

}  // namespace oakum::compose
