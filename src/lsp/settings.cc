#include "lsp/settings.h"

#include <string_view>

#include <nlohmann/json.hpp>

namespace oakum::lsp {

namespace {

void take(const nlohmann::json& from, const char* key, bool& setting) {
  const auto found = from.find(key);
  if (found != from.end() && found->is_boolean()) setting = found->get<bool>();
}

}  // namespace

Settings settings_of(const nlohmann::json& value) {
  Settings settings;
  if (!value.is_object()) return settings;
  const auto inner = value.find("oakum");
  const nlohmann::json& from = inner != value.end() && inner->is_object() ? *inner : value;
  const auto profile = from.find("profile");
  if (profile != from.end() && profile->is_string()) settings.profile = profile->get<std::string>();
  take(from, "unsafe", settings.unsafe);
  take(from, "shellcheck", settings.shellcheck);
  take(from, "baseImages", settings.base_images);
  take(from, "notEvaluated", settings.not_evaluated);
  return settings;
}

}  // namespace oakum::lsp
