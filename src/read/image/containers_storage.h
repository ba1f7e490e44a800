// Images of Podman, Buildah and CRI-O read in place (containers/storage, overlay driver): overlay-images/images.json
// and overlay-layers/layers.json say what there is, overlay/ID/diff holds the layers unpacked.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "read/image/oci_manifest.h"
#include "read/image/source.h"

namespace oakum::image {

// `name` is a reference, a short name ("app" is found as "localhost/app:latest" too), an id or 4 digits of one.
Result<std::unique_ptr<ImageSource>> open_containers_storage(const std::string& graph_root, std::string_view name,
                                                             const PlatformChoice& choice);

// Where storage may be, the user's own first: graphroot, rootless_storage_path and additionalimagestores of
// storage.conf, then ~/.local/share/containers/storage and /var/lib/containers/storage.
std::vector<std::string> containers_storage_roots();

// The roots that one storage.conf names; $HOME and $UID in them are replaced.
std::vector<std::string> parse_storage_conf(std::string_view text, bool rootless);

}  // namespace oakum::image
