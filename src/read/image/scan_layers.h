// scan_image() with the analysers as an argument.
#pragma once

#include "read/image/scan.h"
#include "read/image/wanted.h"

namespace oakum::image {

ImageContents scan_layers(ImageSource& source, const ScanOptions& options, const Analysers& analysers);

}  // namespace oakum::image
