// Images of a running Docker or Podman, through the Docker Engine API (both speak it).
//
// What the engine holds unpacked on this machine is read in place. Else the image is exported (GET /images/NAME/get)
// when the first layer is opened, not before: a scan whose layers are all cached exports nothing. The export goes to an
// unnamed file first, because its order makes streaming it impossible: engines put manifest.json, which tells which
// entry is which layer, behind the layers (and Docker up to 24 repeats layers as links), while layers are opened in any
// order and several at once.
#pragma once

#include <memory>
#include <string_view>

#include "read/image/engine_address.h"
#include "read/image/oci_manifest.h"
#include "read/image/source.h"

namespace oakum::image {

Result<std::unique_ptr<ImageSource>> open_engine(const EngineAddress& address, std::string_view name,
                                                 const PlatformChoice& choice);

// What GET /images/NAME/json and /images/NAME/history say, as an image. `history_known` is false when the history does
// not tell which entry made which layer.
struct InspectedImage {
  Image image;
  bool history_known = false;
};
Result<InspectedImage> parse_inspect(std::string_view inspect_json, std::string_view history_json,
                                     std::string_view name);

}  // namespace oakum::image
