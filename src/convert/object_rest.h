// What a manifest says that no field of the model holds: noted value by value, so that nothing is dropped unseen.
#pragma once

#include <vector>

#include "convert/item.h"

namespace oakum::convert {

// Of the object that `item` is a container of.
void note_object_rest(const Item& item, Target target, Notes& notes);
// Objects that are neither pods nor Services: roles, policies, secrets, …
void note_other_objects(const std::vector<Item>& items, Target target, Notes& notes);

}  // namespace oakum::convert
