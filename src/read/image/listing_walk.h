// The listing of a layer that lies unpacked on this machine. No symbolic link is followed, nothing outside is opened.
#pragma once

#include "read/image/layer_listing.h"

namespace oakum::image {

// An error when the top cannot be opened, a directory cannot be read, or a limit is reached.
Result<LayerListing> list_directory(const ImageSource::Directory& directory, const Limits& limits);

}  // namespace oakum::image
