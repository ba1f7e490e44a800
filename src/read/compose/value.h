// A Compose document after interpolation: every value knows its file and span, and what it overrides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/origin.h"
#include "yaml/yaml.h"

namespace oakum::compose {

struct Entry;

struct Value {
  using Kind = yaml::Node::Kind;
  Kind kind = Kind::null;
  bool known = true;  // false: a scalar that depends on a variable without value; `text` is as written
  std::uint32_t source = 0;
  std::string text;  // of a scalar
  yaml::RareText tag;
  Span span;
  Span key;                       // of the key that has this value; line 0 when it is an item
  std::vector<Value> items;       // of a sequence
  std::vector<Entry> members;     // of a mapping
  std::vector<Value> overridden;  // what stood here in files read earlier, oldest first; they have none themselves

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::sequence; }
  bool is_map() const { return kind == Kind::mapping; }
  const Value* find(std::string_view key) const;
  Value* find(std::string_view key);
  // From its key, where it has one, to its end.
  Span statement() const;
};

struct Entry {
  std::string name;
  Value value;
};

// Called for each scalar with a "$" in it.
using Interpolate = std::function<void(Value& scalar)>;

// Takes the node's texts away.
Value from_yaml(yaml::Node&& node, std::uint32_t source, const Interpolate& interpolate);

std::size_t count_nodes(const Value& value);

// The member of that name, added as null when there is none.
Value& member(Value& map, std::string_view key);
void remove(Value& map, std::string_view key);

}  // namespace oakum::compose
