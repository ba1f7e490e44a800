// Images of a Docker daemon read in place: <data-root>/image/overlay2 says what there is, <data-root>/overlay2/*/diff
// holds the layers unpacked. Needs no daemon, only the right to read (usually root's).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "read/image/oci_manifest.h"
#include "read/image/source.h"

namespace oakum::image {

// `name` is a reference, an id or at least 4 digits of one.
Result<std::unique_ptr<ImageSource>> open_overlay2(const std::string& data_root, std::string_view name,
                                                   const PlatformChoice& choice);

// "data-root" of /etc/docker/daemon.json, else /var/lib/docker.
std::string docker_data_root(const std::string& daemon_json = "/etc/docker/daemon.json");

// OCI image-spec, config.md "Layer ChainID".
Digest next_chain_id(const Digest& parent, const Digest& diff_id);

// Lower-case hex, long enough to be meant as (part of) an image's id; "sha256:" in front is dropped.
std::string_view as_image_id(std::string_view name);

}  // namespace oakum::image
