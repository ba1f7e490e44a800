// JSON documents of strangers (registries, daemons, archives), read within limits and without exceptions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace oakum::net {

using Json = nlohmann::json;

// `name` names the document in errors. At most `limit` bytes and 64 levels: recursion over the result is safe.
Result<Json> parse_json(std::string_view text, std::size_t limit, std::string_view name);

// The member `key` of an object; null when `value` is no object or has no such key.
const Json& member(const Json& value, const char* key);

// Members of a certain type; "", nullopt or empty where absent or of another type.
std::string string_member(const Json& value, const char* key);
std::optional<std::uint64_t> size_member(const Json& value, const char* key);  // a number that is not negative
bool bool_member(const Json& value, const char* key);
std::vector<std::string> strings_member(const Json& value, const char* key);  // of an array; others are left out
std::vector<std::string> keys_member(const Json& value, const char* key);     // of an object

}  // namespace oakum::net
