// Any bytes as a tar, walked whole and in pieces: both see the same.
#include <cstdlib>

#include "read/image/tar.h"

namespace {

class Recorder final : public oakum::image::TarVisitor {
 public:
  std::string seen;
  oakum::Result<bool> entry(const oakum::image::TarEntry& entry) override {
    seen.append(entry.path).append(">").append(entry.link).append(std::to_string(entry.size)).append("\n");
    if (entry.path.starts_with('/') || entry.path.find('\0') != std::string_view::npos) std::abort();
    return entry.size < (1 << 20);
  }
  void content(std::string_view bytes) override { seen += bytes; }
  oakum::Status end_of_content() override {
    seen += "|";
    return {};
  }
  void skipped(oakum::Error error) override { seen += error.message(); }
};

std::string walk(std::string_view bytes, std::size_t piece) {
  Recorder recorder;
  oakum::image::TarReader reader(recorder, {.entries = 1000});
  while (!bytes.empty()) {
    if (const auto status = reader.feed(bytes.substr(0, piece)); !status) return recorder.seen + status.error().why;
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  const auto status = reader.finish();
  return status ? recorder.seen : recorder.seen + status.error().why;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (walk(bytes, bytes.size() + 1) != walk(bytes, 97)) std::abort();
  return 0;
}
