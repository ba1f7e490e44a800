#include "lsp/json.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

namespace oakum::lsp {

bool is_shallow(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return false;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return true;
}

const Json* find(const Json& from, std::initializer_list<std::string_view> path) {
  const Json* at = &from;
  for (const std::string_view key : path) {
    if (!at->is_object()) return nullptr;
    const auto found = at->find(key);
    if (found == at->end()) return nullptr;
    at = &*found;
  }
  return at;
}

const std::string* text_at(const Json& from, std::initializer_list<std::string_view> path) {
  const Json* value = find(from, path);
  return value == nullptr ? nullptr : value->get_ptr<const std::string*>();
}

std::optional<std::int64_t> number_at(const Json& from, std::initializer_list<std::string_view> path) {
  const Json* value = find(from, path);
  if (value == nullptr || !value->is_number_integer()) return std::nullopt;
  if (value->is_number_unsigned() &&
      value->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return std::nullopt;
  return value->get<std::int64_t>();
}

std::optional<Position> position_of(const Json* value) {
  if (value == nullptr) return std::nullopt;
  const auto line = number_at(*value, {"line"});
  const auto character = number_at(*value, {"character"});
  if (!line || !character || *line < 0 || *character < 0) return std::nullopt;
  constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
  return Position{static_cast<std::uint32_t>(std::min(*line, kMost)),
                  static_cast<std::uint32_t>(std::min(*character, kMost))};
}

std::optional<Range> range_of(const Json* value) {
  if (value == nullptr) return std::nullopt;
  const auto start = position_of(find(*value, {"start"}));
  const auto end = position_of(find(*value, {"end"}));
  if (!start || !end) return std::nullopt;
  return Range{std::min(*start, *end), std::max(*start, *end)};
}

Json to_json(const Position& position) { return {{"line", position.line}, {"character", position.character}}; }

Json to_json(const Range& range) { return {{"start", to_json(range.start)}, {"end", to_json(range.end)}}; }

std::string dumped(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace oakum::lsp
