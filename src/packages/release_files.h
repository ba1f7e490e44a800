// The release files from before os-release(5), and those that still stand beside it.
#pragma once

#include <string>
#include <string_view>

#include "model/distribution.h"

namespace oakum::packages {

// `file` is the name below etc/. Fields that the file does not state stay empty; all of them for one that states none.
Distribution read_release_file(std::string_view file, std::string_view bytes);

// "Ubuntu" → "ubuntu", "VMware Photon OS" → "photon": the os-release ID for a distribution's name; the name in lower
// case when it is not in the table and one word; else empty.
std::string id_of_name(std::string_view name);

}  // namespace oakum::packages
