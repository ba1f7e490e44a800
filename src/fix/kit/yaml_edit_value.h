// What an edit puts into a YAML text, and how it is written there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "yaml/yaml.h"

namespace oakum::fix {

struct YamlValue {
  enum class Kind : std::uint8_t {
    plain,   // as it stands: a number, true, null
    string,  // quoted where YAML would read something else
    sequence,
    mapping
  };
  Kind kind = Kind::string;
  std::string text;
  std::vector<YamlValue> items;
  std::vector<std::pair<std::string, YamlValue>> members;

  YamlValue(std::string words) : text(std::move(words)) {}  // NOLINT(google-explicit-constructor)
  YamlValue(std::string_view words) : text(words) {}        // NOLINT(google-explicit-constructor)
  YamlValue(const char* words) : text(words) {}             // NOLINT(google-explicit-constructor)
  static YamlValue plain(std::string text);
  static YamlValue boolean(bool value);
  static YamlValue integer(std::int64_t value);
  static YamlValue list(std::vector<YamlValue> items);
  static YamlValue map(std::vector<std::pair<std::string, YamlValue>> members);
  bool operator==(const YamlValue&) const = default;

  bool is_scalar() const { return kind == Kind::plain || kind == Kind::string; }
  bool is_empty() const { return !is_scalar() && items.empty() && members.empty(); }
};

// A scalar, list or mapping of the tree as something to write; anchors and tags are lost, quotes kept as "a string".
YamlValue to_value(const yaml::Node& node);
// What the parser must make of it. Spans are empty.
yaml::Node to_node(const YamlValue& value);

// YAML 1.1 or 1.2 would read these letters as null, a boolean, a number, a date or a merge key when they are not
// quoted.
bool is_special_word(std::string_view text);
// Needs quotes to be read as this string; more does inside [ ] and { }.
bool needs_quotes(std::string_view text, bool in_flow);
// `like` is the style of the scalar it replaces: its quotes are kept where they can say the text.
std::string quoted_scalar(std::string_view text, yaml::Node::Style like, bool in_flow);

// How a file is written.
struct YamlManner {
  std::size_t step = 2;       // of a mapping below its key
  std::size_t list_step = 2;  // of a list's dashes below their key; 0 for those beside it
  std::string_view line_end = "\n";
  bool json = false;  // all strings and keys in double quotes
};

std::string flow_text(const YamlValue& value, const YamlManner& manner);
std::string flow_member(std::string_view key, const YamlValue& value, const YamlManner& manner);
// The first line without indentation, the further ones with; no line end at the end. `column` from 0.
std::string block_member(std::string_view key, const YamlValue& value, std::size_t column, const YamlManner& manner);
std::string block_item(const YamlValue& value, std::size_t column, const YamlManner& manner);
// A list's items or a mapping's members at `column`.
std::string block_text(const YamlValue& value, std::size_t column, const YamlManner& manner);

}  // namespace oakum::fix
