// Looking into JSON that a client sent: nothing is taken for granted.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "lsp/position.h"

namespace oakum::lsp {

using Json = nlohmann::json;

inline constexpr std::size_t kMaxDepth = 128;

// Is a text of JSON nested no deeper than that? Asked before it is parsed.
bool is_shallow(std::string_view text);

// What the keys lead to; nullptr when one is missing or what has it is no object.
const Json* find(const Json& from, std::initializer_list<std::string_view> path);
// A string there; nullptr: none.
const std::string* text_at(const Json& from, std::initializer_list<std::string_view> path);
// A whole number there, in its range; nullopt: none.
std::optional<std::int64_t> number_at(const Json& from, std::initializer_list<std::string_view> path);

std::optional<Position> position_of(const Json* value);
std::optional<Range> range_of(const Json* value);  // its ends in their order

Json to_json(const Position& position);
Json to_json(const Range& range);

// Bytes that are no UTF-8 become U+FFFD.
std::string dumped(const Json& value);

}  // namespace oakum::lsp
