// A root file system that lies in a directory: an image of one layer without a config.
#pragma once

#include <memory>
#include <string>

#include "read/image/source.h"

namespace oakum::image {

Result<std::unique_ptr<ImageSource>> open_rootfs(const std::string& directory);

// Whether a directory has what the top of a root file system has ("etc", "usr", "bin", "var", …).
bool looks_like_rootfs(const std::string& directory);

}  // namespace oakum::image
