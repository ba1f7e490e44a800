#include "read/compose/merge.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "read/compose/merge_rules.h"

namespace oakum::compose {

namespace {

using Path = std::vector<std::string>;

std::string joined(const Path& path) {
  std::string result;
  for (const std::string& part : path) result += (result.empty() ? "" : ".") + part;
  return result;
}

bool is_same_kind(const Value& a, const Value& b) { return a.kind == b.kind; }

Value as_list(Value value, const std::string& separator) {
  if (value.is_list() || value.is_null()) return value;
  Value list;
  list.kind = Value::Kind::sequence;
  list.source = value.source;
  list.span = value.span;
  list.key = value.key;
  if (value.is_scalar()) {
    value.key = Span();
    list.items.push_back(std::move(value));
    return list;
  }
  for (Entry& entry : value.members) {
    Value item = std::move(entry.value);
    item.span = item.statement();
    item.key = Span();
    item.text = item.is_null() ? entry.name : entry.name + separator + item.text;
    item.kind = Value::Kind::scalar;
    list.items.push_back(std::move(item));
  }
  return list;
}

Value as_names(Value value) {
  if (!value.is_list()) return value;
  Value map = value;
  map.kind = Value::Kind::mapping;
  map.items.clear();
  for (Value& item : value.items) {
    Value nothing;
    nothing.source = item.source;
    nothing.span = nothing.key = item.span;
    map.members.push_back({std::move(item.text), std::move(nothing)});
  }
  return map;
}

Value as_build(Value value) {
  if (!value.is_scalar()) return value;
  Value map;
  map.kind = Value::Kind::mapping;
  map.source = value.source;
  map.span = value.span;
  map.key = value.key;
  map.members.push_back({"context", std::move(value)});
  return map;
}

Value replaced(Value base, Value over) {
  over.tag.clear();
  std::vector<Value> chain = std::move(base.overridden);
  base.overridden.clear();
  chain.push_back(std::move(base));
  over.overridden.insert(over.overridden.begin(), std::make_move_iterator(chain.begin()),
                         std::make_move_iterator(chain.end()));
  return over;
}

// A later item takes the place of the earlier one that has its key.
void append(Value& base, Value over, ItemKey kind) {
  std::map<std::string, std::size_t> places;
  if (kind != ItemKey::none) {
    for (std::size_t i = 0; i < base.items.size(); ++i) places.emplace(item_key(kind, base.items[i]), i);
  }
  for (Value& item : over.items) {
    const std::string key = item_key(kind, item);
    const auto found = key.empty() ? places.end() : places.find(key);
    if (found != places.end()) {
      base.items[found->second] = std::move(item);
      continue;
    }
    if (!key.empty()) places.emplace(key, base.items.size());
    base.items.push_back(std::move(item));
  }
}

// Of a list or mapping that two files state, the later key is where it is: edits go there.
void take_place(Value& base, const Value& over) {
  base.source = over.source;
  base.span = over.span;
  base.key = over.key;
}

bool has_other_driver(const Value& base, const Value& over) {
  const Value* a = base.find("driver");
  const Value* b = over.find("driver");
  return a != nullptr && b != nullptr && a->text != b->text;
}

void normalize(MergeKind kind, const Path& path, Value& value) {
  switch (kind) {
    case MergeKind::deep:
    case MergeKind::replace:
    case MergeKind::either:
    case MergeKind::logging:
      break;
    case MergeKind::pairs:
      value = as_list(std::move(value), path.back() == "extra_hosts" ? ":" : "=");
      break;
    case MergeKind::scalar_or_list:
      value = as_list(std::move(value), "=");
      break;
    case MergeKind::names:
      value = as_names(std::move(value));
      break;
    case MergeKind::build:
      value = as_build(std::move(value));
      break;
  }
}

// Two mappings of pairs merge by key and stay mappings.
bool stays(MergeKind kind, const Value& base, const Value& over) {
  return kind == MergeKind::pairs && base.is_map() && over.is_map();
}

void merge_members(Value& base, Value over, Path& path, std::vector<Conflict>& conflicts) {
  std::map<std::string, std::size_t, std::less<>> places;
  for (std::size_t i = 0; i < base.members.size(); ++i) places.emplace(base.members[i].name, i);
  std::set<std::string, std::less<>> dropped;
  for (Entry& entry : over.members) {
    const auto found = places.find(entry.name);
    if (entry.value.tag == "!reset") {
      dropped.insert(entry.name);
    } else if (found == places.end()) {
      drop_resets(entry.value);
      base.members.push_back(std::move(entry));
    } else {
      path.push_back(entry.name);
      Value& place = base.members[found->second].value;
      place = merge(std::move(place), std::move(entry.value), path, conflicts);
      path.pop_back();
    }
  }
  if (!dropped.empty()) std::erase_if(base.members, [&](const Entry& entry) { return dropped.contains(entry.name); });
}

}  // namespace

Value merge(Value base, Value over, const Path& path, std::vector<Conflict>& conflicts) {
  const MergeRule rule = merge_rule(path);
  if (over.tag == "!override" || rule.kind == MergeKind::replace) {
    drop_resets(over);
    return replaced(std::move(base), std::move(over));
  }
  if (!stays(rule.kind, base, over)) {
    normalize(rule.kind, path, base);
    normalize(rule.kind, path, over);
  }
  if (over.is_null() && !base.is_scalar()) return base;
  if (rule.kind == MergeKind::logging && has_other_driver(base, over)) {
    return replaced(std::move(base), std::move(over));
  }
  if (base.is_map() && over.is_map()) {
    Path below = path;
    // The place of a service and of a section stays that of their first statement.
    if (path.size() > 2) take_place(base, over);
    merge_members(base, std::move(over), below, conflicts);
    return base;
  }
  if (base.is_list() && over.is_list()) {
    take_place(base, over);
    append(base, std::move(over), rule.items);
    return base;
  }
  if (rule.kind != MergeKind::either && !base.is_null() && !over.is_null() && !is_same_kind(base, over)) {
    conflicts.push_back({joined(path), over.source, over.span});
  }
  drop_resets(over);
  return base.is_null() ? over : replaced(std::move(base), std::move(over));
}

void drop_resets(Value& value) {
  if (value.tag == "!override") value.tag.clear();
  std::erase_if(value.members, [](const Entry& entry) { return entry.value.tag == "!reset"; });
  std::erase_if(value.items, [](const Value& item) { return item.tag == "!reset"; });
  for (Value& item : value.items) drop_resets(item);
  for (Entry& entry : value.members) drop_resets(entry.value);
}

}  // namespace oakum::compose
