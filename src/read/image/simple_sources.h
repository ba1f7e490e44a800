// The two kinds of image that all places end in: layers that are opened as streams, and layers that lie unpacked.
#pragma once

#include <functional>
#include <utility>

#include "read/image/source.h"

namespace oakum::image {

class StreamedImage final : public ImageSource {
 public:
  // `open` may be called from several threads at once, for indexes below image.layers.size().
  using Open = std::function<Result<std::unique_ptr<ByteStream>>(std::size_t)>;

  StreamedImage(Image image, Open open, bool remote = false, std::vector<std::string> reads = {})
      : image_(std::move(image)), open_(std::move(open)), remote_(remote), reads_(std::move(reads)) {}
  const Image& image() const override { return image_; }
  Result<std::unique_ptr<ByteStream>> open_layer(std::size_t index) override { return open_(index); }
  bool remote() const override { return remote_; }
  std::vector<std::string> reads() const override { return reads_; }

 private:
  Image image_;
  Open open_;
  bool remote_;
  std::vector<std::string> reads_;
};

class UnpackedImage final : public ImageSource {
 public:
  // One directory per layer of `image`.
  UnpackedImage(Image image, std::vector<Directory> directories)
      : image_(std::move(image)), directories_(std::move(directories)) {}
  const Image& image() const override { return image_; }
  Result<std::unique_ptr<ByteStream>> open_layer(std::size_t index) override {
    return fail(ErrorCode::internal, directories_[index].path, "a directory is not read as a stream");
  }
  std::optional<Directory> layer_directory(std::size_t index) const override { return directories_[index]; }
  std::vector<std::string> reads() const override {
    std::vector<std::string> paths;
    for (const Directory& directory : directories_) paths.push_back(directory.path);
    return paths;
  }

 private:
  Image image_;
  std::vector<Directory> directories_;
};

}  // namespace oakum::image
