// What digest an image's name has now, asked of its registry.
#pragma once

#include <functional>
#include <string>

#include "base/error.h"
#include "model/image_reference.h"

namespace oakum::cli {

// "sha256:…" of the manifest or index that the reference names. Asks each name once; thread-safe.
std::function<Result<std::string>(const ImageReference&)> digests_of_registries();

}  // namespace oakum::cli
