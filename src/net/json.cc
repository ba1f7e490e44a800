#include "net/json.h"

namespace oakum::net {

namespace {

constexpr int kMaxDepth = 64;

bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t limit, std::string_view name) {
  if (text.size() > limit) {
    return fail(ErrorCode::limit, std::string(name), "larger than the limit of " + std::to_string(limit) + " bytes");
  }
  if (too_deep(text)) {
    return fail(ErrorCode::limit, std::string(name), "nested deeper than " + std::to_string(kMaxDepth) + " levels");
  }
  Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) return fail(ErrorCode::invalid, std::string(name), "not well-formed JSON");
  return document;
}

const Json& member(const Json& value, const char* key) {
  static const Json null;
  if (!value.is_object()) return null;
  const auto found = value.find(key);
  return found == value.end() ? null : *found;
}

std::string string_member(const Json& value, const char* key) {
  const Json& found = member(value, key);
  return found.is_string() ? found.get_ref<const std::string&>() : std::string();
}

std::optional<std::uint64_t> size_member(const Json& value, const char* key) {
  const Json& found = member(value, key);
  if (!found.is_number_integer()) return std::nullopt;
  if (!found.is_number_unsigned() && found.get<std::int64_t>() < 0) return std::nullopt;
  return found.get<std::uint64_t>();
}

bool bool_member(const Json& value, const char* key) {
  const Json& found = member(value, key);
  return found.is_boolean() && found.get<bool>();
}

std::vector<std::string> strings_member(const Json& value, const char* key) {
  std::vector<std::string> strings;
  const Json& found = member(value, key);
  if (!found.is_array()) return strings;
  for (const Json& item : found) {
    if (item.is_string()) strings.push_back(item.get_ref<const std::string&>());
  }
  return strings;
}

std::vector<std::string> keys_member(const Json& value, const char* key) {
  std::vector<std::string> keys;
  const Json& found = member(value, key);
  if (!found.is_object()) return keys;
  for (const auto& item : found.items()) keys.push_back(item.key());
  return keys;
}

}  // namespace oakum::net
