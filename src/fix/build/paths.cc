#include "fix/build/paths.h"

#include <vector>

#include "base/text.h"

namespace oakum::fix::build {

std::string absolute_path(std::string_view directory, std::string_view path) {
  if (path.starts_with('/')) return std::string(path);
  const std::string whole = std::string(directory) + "/" + std::string(path);
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(whole, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  std::string result;
  for (const std::string_view part : parts) {
    result += '/';
    result += part;
  }
  if (result.empty() || path.ends_with('/')) result += '/';
  return result;
}

}  // namespace oakum::fix::build
