// Facts about an image from its configuration alone.
#pragma once

#include <string>

#include "model/image.h"
#include "model/image_facts.h"

namespace oakum::image {

// What `image.config_json` says beyond the model: health check, shell, onbuild, the whole history. A config that is not
// there (a root directory) or not well-formed leaves those empty.
ImageFacts facts_of_config(const Image& image, std::string name);

}  // namespace oakum::image
