// The three emitters: all items as one text.
#pragma once

#include <string>
#include <vector>

#include "convert/convert.h"
#include "convert/item.h"

namespace oakum::convert {

std::string to_compose(std::vector<Item>& items, Notes& notes);
std::string to_kubernetes(std::vector<Item>& items, const Options& options, Notes& notes);
std::string to_run(std::vector<Item>& items, Notes& notes);

}  // namespace oakum::convert
