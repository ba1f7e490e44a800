// Where things stand in a YAML text: what the tree's spans leave open.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "fix/kit/yaml_edit_value.h"
#include "yaml/yaml.h"

namespace oakum::fix::yaml_edit {

struct View {
  std::string_view text;
  const yaml::Node& root;
};

// Bytes from the line's begin, without a byte order mark.
std::size_t column(std::string_view text, std::size_t at);
// Of the line that holds `at`: before its line end.
std::size_t content_line_end(std::string_view text, std::size_t at);
// Nothing but blanks between the line's begin and `at`.
bool begins_line(std::string_view text, std::size_t at);
// Nothing but blanks and perhaps a comment from `at` to the line's end.
bool ends_line(std::string_view text, std::size_t at);
// Behind blanks, line ends and comments.
std::size_t skip_space(std::string_view text, std::size_t at);

// The offset behind the last byte of what `node` is, without the line end: behind all lines of a block scalar.
std::size_t value_end(std::string_view text, const yaml::Node& node);
std::size_t member_end(std::string_view text, const yaml::Member& member);
// The colon behind a key; nullopt for the "? key" form and for a key of { } without a value.
std::optional<std::size_t> colon_of(std::string_view text, const yaml::Member& member);

// Is it written here: not brought by a merge key.
bool is_own(const yaml::Member& member);
bool is_block(const yaml::Node& node);  // a collection in block style, not an alias of one
bool is_collection(const yaml::Node& node);

// Does an alias "*anchor" stand anywhere? Also true for what only looks like one.
bool is_used(std::string_view text, std::string_view anchor);
// The first anchor in the subtree (the node itself included) that is_used(); "" none.
std::string_view used_anchor_in(std::string_view text, const yaml::Node& node);

// How the file is written around `near`, a collection.
YamlManner manner_of(const View& view, const yaml::Node& near);

}  // namespace oakum::fix::yaml_edit
