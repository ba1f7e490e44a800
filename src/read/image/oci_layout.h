// OCI image layouts (image-spec, image-layout.md): a directory, or a tar archive of one (`oci-archive:`).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "read/image/archive_index.h"
#include "read/image/oci_manifest.h"
#include "read/image/source.h"

namespace oakum::image {

// The files of a layout, wherever they are. May be used from several threads at once.
class LayoutFiles {
 public:
  virtual ~LayoutFiles() = default;
  virtual Result<std::string> read(const std::string& path, std::size_t limit) const = 0;
  virtual Result<std::unique_ptr<ByteStream>> open(const std::string& path) const = 0;
  virtual const std::string& name() const = 0;
  virtual std::vector<std::string> reads() const { return {}; }  // as ImageSource::reads()
};
std::shared_ptr<const LayoutFiles> layout_in_directory(std::string directory);
std::shared_ptr<const LayoutFiles> layout_in_archive(std::shared_ptr<const ArchiveIndex> archive);

// `wanted` chooses among several images: a tag, name:tag or digest; empty: the only one, or the one for the platform.
Result<std::unique_ptr<ImageSource>> open_oci_layout(std::shared_ptr<const LayoutFiles> files, std::string_view wanted,
                                                     const PlatformChoice& choice);

}  // namespace oakum::image
