// Images whose layers are strings; counts what was opened.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/stream.h"
#include "read/image/source.h"

namespace oakum::image::testing {

class LayerSource final : public ImageSource {
 public:
  LayerSource() { image_.name = "app.tar"; }
  // `stored` is the tar itself unless it was compressed.
  LayerSource& add(std::string tar, std::string stored = {}) {
    Layer layer;
    layer.diff_id = Digest::sha256_of(tar);
    layers_.push_back(stored.empty() ? std::move(tar) : std::move(stored));
    layer.blob = Digest::sha256_of(layers_.back());
    layer.size = layers_.back().size();
    image_.layers.push_back(std::move(layer));
    return *this;
  }
  Layer& layer(std::size_t index) { return image_.layers[index]; }
  std::string& stored(std::size_t index) { return layers_[index]; }

  const Image& image() const override { return image_; }
  Result<std::unique_ptr<ByteStream>> open_layer(std::size_t index) override {
    ++opened;
    if (image_.layers[index].foreign) return fail(ErrorCode::not_found, "", "no such blob");
    return std::make_unique<MemoryStream>(layers_[index]);
  }

  std::atomic<int> opened{0};

 private:
  Image image_;
  std::vector<std::string> layers_;
};

}  // namespace oakum::image::testing
