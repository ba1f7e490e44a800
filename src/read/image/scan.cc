#include "read/image/scan.h"

#include "read/image/scan_layers.h"

namespace oakum::image {

ImageContents scan_image(ImageSource& source, const ScanOptions& options) {
  static constexpr Analysers kAnalysers{.wants = packages::wants,
                                        .size_limit = packages::size_limit,
                                        .analyse = packages::analyse,
                                        .assemble = packages::assemble};
  return scan_layers(source, options, kAnalysers);
}

}  // namespace oakum::image
