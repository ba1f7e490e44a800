// What a path says of a file, without looking inside: a table per kind. Names are those that distributions use.
#pragma once

#include <string_view>
#include <vector>

#include "model/image_facts.h"

namespace oakum::image {

// Kinds that the path of a file (normalised, path.h) gives it. A symbolic link can be a program ("wget" of BusyBox),
// but holds nothing of its own. Called for every file of an image.
void kinds_of_path(std::string_view path, bool symlink, std::vector<FileFact::Kind>& kinds);

// Kinds that mode and attributes give it.
void kinds_of_mode(std::uint32_t mode, bool capabilities, std::vector<FileFact::Kind>& kinds);

}  // namespace oakum::image
