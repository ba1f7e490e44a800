// Which fields of a workload are stated, and where: so that an emitter's table of what its side cannot say covers all.
#pragma once

#include <span>
#include <string_view>

#include "convert/item.h"

namespace oakum::convert {

struct FieldRow {
  std::string_view name;  // of the member of Workload
  bool (*is_stated)(const Workload&);
  const Origin& (*origin)(const Workload&);
};
// Every member that a surface can state, but image, mounts, unmodelled and what only tells where it was read.
std::span<const FieldRow> fields();

struct CannotSay {
  std::string_view field;
  std::string_view why;
};
// Notes each stated field that the table names.
void note_cannot(const Item& item, std::span<const CannotSay> table, Notes& notes);

}  // namespace oakum::convert
