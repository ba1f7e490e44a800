// What the model has no field for: where both sides have a word for it, it is said all the same; else it is noted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "convert/item.h"

namespace oakum::convert {

struct SaidElsewhere {
  std::string name;  // "dns_search", "--dns-search"
  std::string value;
  bool list = false;
  bool known = true;
  Origin origin;
};

std::vector<SaidElsewhere> said_in_compose(const Item& item);
std::vector<SaidElsewhere> said_in_run(const Item& item);
// All of `unmodelled` that is not said in `target`.
void note_unmodelled(const Item& item, Target target, Notes& notes);
// The same of what projects declare beside their services.
void note_unmodelled(const ComposeProject& project, Target target, Notes& notes);

}  // namespace oakum::convert
