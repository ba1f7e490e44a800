// Telling secrets by their name and by their looks, in configuration that is key and value.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

namespace oakum::rules {

// "DB_PASSWORD", "db.password", "apiKey"; not "PASSWORD_FILE", "TOKEN_TTL": the last word has to be the secret one.
bool is_secret_name(std::string_view name);

// A value that could be a secret itself: not empty, no variable, no path, no switch, no number.
bool is_plain_value(std::string_view value);

// A line that says nothing to the program that reads it: "# …", "; …", "// …".
bool is_comment(std::string_view line);

// "key=value", "key: value"; nullopt for comments and other lines.
std::optional<std::pair<std::string_view, std::string_view>> setting_of(std::string_view line);

}  // namespace oakum::rules
