// JSON of feeds, read with simdjson's DOM: a tape into one reused buffer, so that members may come in any order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "base/error.h"

namespace oakum::advisories {

using JsonValue = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;

// Parses one document after another. A value lives until the next parse() or the reader's end.
class JsonReader {
 public:
  // `bytes` must be padded (kPadding of archive.h) and outlive the value.
  Result<JsonValue> parse(std::string_view bytes, std::string_view name);

 private:
  simdjson::dom::parser parser_;
};

// The member's text; empty when there is no such member or it is not a string. Borrows the document.
std::string_view text_at(JsonValue parent, std::string_view key);
std::optional<bool> bool_at(JsonValue parent, std::string_view key);
std::optional<double> number_at(JsonValue parent, std::string_view key);
// The member where it is an object (array); nullopt otherwise.
std::optional<JsonValue> object_at(JsonValue parent, std::string_view key);
std::optional<JsonArray> array_at(JsonValue parent, std::string_view key);
bool has_member(JsonValue parent, std::string_view key);

// Calls visit(element) for each element of the member `key` where that is an array; nothing otherwise.
template <class Visit>
void each_at(JsonValue parent, std::string_view key, Visit visit) {
  const std::optional<JsonArray> array = array_at(parent, key);
  if (!array) return;
  for (const JsonValue value : *array) visit(value);
}

// Calls visit(text) for each string of the array at `key`.
template <class Visit>
void each_text_at(JsonValue parent, std::string_view key, Visit visit) {
  each_at(parent, key, [&](JsonValue value) {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS) visit(text);
  });
}

// Calls visit(key, value) for each member where `parent` is an object.
template <class Visit>
void each_member(JsonValue parent, Visit visit) {
  JsonObject object;
  if (parent.get_object().get(object) != simdjson::SUCCESS) return;
  for (const auto field : object) visit(field.key, field.value);
}

}  // namespace oakum::advisories
