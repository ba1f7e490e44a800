// Which keys of a Compose file merge in their own way: one table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "read/compose/value.h"

namespace oakum::compose {

enum class MergeKind : std::uint8_t {
  deep,     // mappings by key, sequences appended, the rest replaced
  replace,  // the later value, whole
  either,   // mappings by key; between a mapping and a scalar the later one
  pairs,    // KEY=VALUE items or a mapping
  names,    // names as items, or a mapping by name
  build,    // a string is its context
  logging,  // options merge only under one driver
  scalar_or_list,
};

enum class ItemKey : std::uint8_t {
  none,    // every item counts
  text,    // equal text is one item
  name,    // before '='
  target,  // where it is mounted: volumes, devices, secrets, configs
  port,    // host address, published and container port, protocol
  path,    // env_file
};

struct MergeRule {
  MergeKind kind = MergeKind::deep;
  ItemKey items = ItemKey::none;
};

MergeRule merge_rule(const std::vector<std::string>& path);

// What makes two items the same; "" for an item that is like no other.
std::string item_key(ItemKey kind, const Value& item);

}  // namespace oakum::compose
