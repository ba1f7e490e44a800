// Is a text an image name that registries and engines take? (distribution's `reference` grammar.)
#pragma once

#include <string_view>

namespace oakum::rules {

// "alpine", "example.org:5000/a/b:1.2@sha256:…": yes; "", "alpine:", "Alpine", "a//b": no.
bool is_image_name(std::string_view text);

}  // namespace oakum::rules
