// An image's config and account files; and a tar as the only layer, listed and laid over itself.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "read/image/account_files.h"
#include "read/image/config_facts.h"
#include "read/image/facts.h"

namespace {

class Twice final : public oakum::image::ImageSource {
 public:
  explicit Twice(std::string_view tar) : tar_(tar) { image_.layers.resize(2); }
  const oakum::Image& image() const override { return image_; }
  oakum::Result<std::unique_ptr<oakum::ByteStream>> open_layer(std::size_t) override {
    return std::make_unique<oakum::MemoryStream>(tar_);
  }

 private:
  oakum::Image image_;
  std::string_view tar_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Image image;
  image.config_json = bytes;
  ImageFacts facts = image::facts_of_config(image, "fuzz");
  image::read_passwd(bytes, facts);
  image::read_group(bytes, facts);
  image::read_shadow(bytes, facts);
  (void)image::distribution_id(bytes);
  Twice source(bytes);
  image::ScanOptions options;
  options.threads = 1;
  options.limits.layer_bytes = 4U << 20;
  (void)image::image_facts(source, "fuzz", options).has_value();
  return 0;
}
