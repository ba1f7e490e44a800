#include "read/image/rootfs.h"

#include <algorithm>
#include <array>

#include "base/fd.h"
#include "read/image/simple_sources.h"

namespace oakum::image {

Result<std::unique_ptr<ImageSource>> open_rootfs(const std::string& directory) {
  if (!path_exists(directory)) return fail(ErrorCode::not_found, directory, "no such directory");
  if (!is_directory(directory)) return fail(ErrorCode::usage, directory, "not a directory");
  Image image;
  image.name = directory;
  image.layers.emplace_back();
  return std::make_unique<UnpackedImage>(std::move(image), std::vector<ImageSource::Directory>{{directory, false}});
}

bool looks_like_rootfs(const std::string& directory) {
  static constexpr std::array kNames = {"etc", "usr", "bin", "lib", "var", "sbin"};
  return std::ranges::count_if(kNames, [&](const char* name) { return is_directory(directory + "/" + name); }) >= 2;
}

}  // namespace oakum::image
