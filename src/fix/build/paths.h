// Paths inside an image.
#pragma once

#include <string>
#include <string_view>

namespace oakum::fix::build {

// `path` as seen from `directory` (absolute): "." and ".." taken out, a slash at the end kept. An absolute `path` is
// itself.
std::string absolute_path(std::string_view directory, std::string_view path);

}  // namespace oakum::fix::build
