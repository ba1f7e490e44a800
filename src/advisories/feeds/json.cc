#include "advisories/feeds/json.h"

#include "advisories/feeds/archive.h"

namespace oakum::advisories {

static_assert(kPadding >= simdjson::SIMDJSON_PADDING);

namespace {

// dom::element::operator[] may throw when `parent` is no object; this does not.
std::optional<JsonValue> member(JsonValue parent, std::string_view key) {
  JsonObject object;
  if (parent.get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
  JsonValue value;
  if (object.at_key(key).get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

}  // namespace

Result<JsonValue> JsonReader::parse(std::string_view bytes, std::string_view name) {
  JsonValue value;
  const simdjson::error_code error = parser_.parse(bytes.data(), bytes.size(), false).get(value);
  if (error == simdjson::SUCCESS) return value;
  return fail(error == simdjson::CAPACITY || error == simdjson::DEPTH_ERROR ? ErrorCode::limit : ErrorCode::invalid,
              std::string(name), std::string("is not JSON: ") + simdjson::error_message(error));
}

std::string_view text_at(JsonValue parent, std::string_view key) {
  std::string_view text;
  const std::optional<JsonValue> value = member(parent, key);
  if (!value || value->get_string().get(text) != simdjson::SUCCESS) return {};
  return text;
}

std::optional<bool> bool_at(JsonValue parent, std::string_view key) {
  bool answer = false;
  const std::optional<JsonValue> value = member(parent, key);
  if (!value || value->get_bool().get(answer) != simdjson::SUCCESS) return std::nullopt;
  return answer;
}

std::optional<double> number_at(JsonValue parent, std::string_view key) {
  double number = 0;
  const std::optional<JsonValue> value = member(parent, key);
  if (!value || value->get_double().get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

std::optional<JsonValue> object_at(JsonValue parent, std::string_view key) {
  const std::optional<JsonValue> value = member(parent, key);
  if (!value || !value->is_object()) return std::nullopt;
  return value;
}

std::optional<JsonArray> array_at(JsonValue parent, std::string_view key) {
  JsonArray array;
  const std::optional<JsonValue> value = member(parent, key);
  if (!value || value->get_array().get(array) != simdjson::SUCCESS) return std::nullopt;
  return array;
}

bool has_member(JsonValue parent, std::string_view key) { return member(parent, key).has_value(); }

}  // namespace oakum::advisories
