// passwd(5), group(5) and shadow(5) of an image.
#pragma once

#include <string_view>

#include "model/image_facts.h"

namespace oakum::image {

// Each appends to the facts, at most 100,000 lines; lines that do not fit the format are left out. A user whose
// password field is empty needs no password: in passwd that makes a shadow entry too.
void read_passwd(std::string_view text, ImageFacts& facts);
void read_group(std::string_view text, ImageFacts& facts);
void read_shadow(std::string_view text, ImageFacts& facts);

// ID of os-release(5); "" when there is none.
std::string distribution_id(std::string_view os_release);

}  // namespace oakum::image
