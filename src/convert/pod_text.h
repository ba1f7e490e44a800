// Commands and variables of a pod: the kubelet works out $(NAME) and makes "$" of "$$".
#pragma once

#include <string>

#include "convert/item.h"

namespace oakum::convert {

// What the container is given; a reference stands as it is, and is noted. Texts of other surfaces are left alone.
std::string text_of_pod(const Item& item, const std::string& text, const Origin& origin, Notes& notes);

}  // namespace oakum::convert
