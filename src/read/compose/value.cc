#include "read/compose/value.h"

#include <algorithm>
#include <utility>

namespace oakum::compose {

const Value* Value::find(std::string_view name) const {
  const auto found = std::ranges::find(members, name, &Entry::name);
  return found == members.end() ? nullptr : &found->value;
}

Value* Value::find(std::string_view name) {
  const auto found = std::ranges::find(members, name, &Entry::name);
  return found == members.end() ? nullptr : &found->value;
}

Span Value::statement() const {
  if (key.line == 0 || key.begin > span.end) return span;
  return {key.begin, span.end, key.line, key.column, span.end_line, span.end_column};
}

// The parser bounds the depth.
Value from_yaml(yaml::Node&& node, std::uint32_t source, const Interpolate& interpolate) {
  Value value;
  value.kind = node.kind;
  value.source = source;
  value.tag = std::move(node.tag);
  value.span = node.span;
  if (node.kind == Value::Kind::scalar) {
    value.text = std::move(node.scalar);
    if (value.text.find('$') != std::string::npos) interpolate(value);
  }
  value.items.reserve(node.items.size());
  for (yaml::Node& item : node.items) value.items.push_back(from_yaml(std::move(item), source, interpolate));
  value.members.reserve(node.members.size());
  for (yaml::Member& member : node.members) {
    value.members.push_back({std::move(member.key), from_yaml(std::move(member.value), source, interpolate)});
    value.members.back().value.key = member.key_span;
  }
  return value;
}

std::size_t count_nodes(const Value& value) {
  std::size_t result = 1 + value.overridden.size();
  for (const Value& item : value.items) result += count_nodes(item);
  for (const Entry& entry : value.members) result += count_nodes(entry.value);
  return result;
}

Value& member(Value& map, std::string_view key) {
  if (Value* found = map.find(key)) return *found;
  map.kind = Value::Kind::mapping;
  map.members.push_back({std::string(key), Value()});
  return map.members.back().value;
}

void remove(Value& map, std::string_view key) {
  std::erase_if(map.members, [&](const Entry& entry) { return entry.name == key; });
}

}  // namespace oakum::compose
