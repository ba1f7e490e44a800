#include "fix/kit/yaml_path.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace oakum::fix {

std::optional<YamlPath> parse_path(std::string_view node) {
  YamlPath path;
  while (!node.empty()) {
    if (node.starts_with("[\"")) {
      const auto end = node.find("\"]");
      if (end == std::string_view::npos) return std::nullopt;
      path.emplace_back(node.substr(2, end - 2));
      node.remove_prefix(end + 2);
    } else if (node.starts_with('[')) {
      const auto end = node.find(']');
      const auto index = parse_number<std::size_t>(node.substr(1, end == std::string_view::npos ? 0 : end - 1));
      if (!index) return std::nullopt;
      path.emplace_back(*index);
      node.remove_prefix(end + 1);
    } else {
      if (!path.empty() && node.starts_with('.')) node.remove_prefix(1);
      const auto end = std::min(node.find_first_of(".["), node.size());
      if (end == 0) return std::nullopt;
      path.emplace_back(node.substr(0, end));
      node.remove_prefix(end);
    }
  }
  return path;
}

YamlPath without_last(YamlPath path, std::size_t steps) {
  path.erase(path.end() - static_cast<std::ptrdiff_t>(std::min(steps, path.size())), path.end());
  return path;
}

YamlPath with(YamlPath path, std::initializer_list<YamlStep> more) {
  path.insert(path.end(), more.begin(), more.end());
  return path;
}

}  // namespace oakum::fix
