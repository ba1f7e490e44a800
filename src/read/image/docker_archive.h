// The archives of `docker save`, `podman save` and `skopeo copy … docker-archive:`. Layers are ID/layer.tar (Docker up
// to 24), HEX.tar (containers/image) or blobs/sha256/HEX (Docker from 25 on); manifest.json names them in all three.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "read/image/archive_index.h"
#include "read/image/oci_manifest.h"
#include "read/image/source.h"

namespace oakum::image {

struct DockerArchive {
  Image image;
  std::vector<std::string> layer_paths;  // in the archive, one per layer of the image
};

// `wanted` chooses among several images: "name:tag", "tag", "@0" (the first); empty: the only one, or the only one for
// the platform. The error for an ambiguous choice lists what there is.
Result<DockerArchive> read_docker_archive(const ArchiveIndex& archive, std::string_view wanted,
                                          const PlatformChoice& choice);

Result<std::unique_ptr<ImageSource>> open_docker_archive(const std::shared_ptr<const ArchiveIndex>& archive,
                                                         std::string_view wanted, const PlatformChoice& choice);

// Whether `wanted` means the image of this tag ("nginx:1.27", "docker.io/library/nginx:1.27", or just "1.27").
bool tag_matches(std::string_view tag, std::string_view wanted);

}  // namespace oakum::image
