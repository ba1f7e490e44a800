#pragma once

#include <string>
#include <string_view>

namespace oakum::compose {

// "a/b.yaml" → "a", "b.yaml" → "", "/b" → "/".
std::string directory_of(std::string_view path);

// `path` as seen from `directory`, with "." and ".." taken out by their text; an absolute one stays.
std::string resolve_path(std::string_view directory, std::string_view path);

// "https://…", "git@host:…", "oci://…": not a path here.
bool is_remote(std::string_view path);

}  // namespace oakum::compose
