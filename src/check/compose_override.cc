#include "check/compose_override.h"

#include <string_view>

#include "base/fd.h"

namespace oakum::check {

namespace {

bool has_overrides(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.starts_with("compose.") || name.starts_with("docker-compose.");
}

}  // namespace

std::string override_of(const std::string& path) {
  const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
  if (!name.starts_with("compose.y") && !name.starts_with("docker-compose.y")) return {};
  for (const std::string_view extension : {".override.yaml", ".override.yml"}) {
    std::string candidate = path.substr(0, path.rfind('.')) + std::string(extension);
    if (path_exists(candidate)) return candidate;
  }
  return {};
}

std::string overridden_by(const std::string& path) {
  if (!has_overrides(path)) return {};
  for (const std::string_view ending : {".override.yaml", ".override.yml"}) {
    if (!path.ends_with(ending)) continue;
    for (const std::string_view extension : {".yaml", ".yml"}) {
      std::string base = path.substr(0, path.size() - ending.size()) + std::string(extension);
      if (path_exists(base)) return base;
    }
  }
  return {};
}

}  // namespace oakum::check
