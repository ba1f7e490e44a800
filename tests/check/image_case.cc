#include "check/image_case.h"

#include <cstdio>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/fd.h"
#include "net/json.h"
#include "read/image/facts.h"
#include "read/image/tar_builder.h"

namespace oakum::check {

namespace {

using image::testing::TarBuilder;
using net::Json;

constexpr std::size_t kCaseLimit = 1U << 20;
constexpr std::size_t kMaxLayers = 64;

std::string octal(std::uint64_t value) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "%07llo", static_cast<unsigned long long>(value));
  return digits;
}

std::string header(std::string_view path, char type, std::uint64_t size, const Json& file) {
  std::string block = TarBuilder().header(path, type, size, net::string_member(file, "link")).bytes();
  const std::string mode = net::string_member(file, "mode");
  if (!mode.empty()) TarBuilder::put(block, 100, octal(std::stoull(mode, nullptr, 8)));
  TarBuilder::put(block, 108, octal(net::size_member(file, "uid").value_or(0)));
  TarBuilder::put(block, 116, octal(net::size_member(file, "gid").value_or(0)));
  TarBuilder::seal(block);
  return block;
}

// {"path", "mode", "uid", "gid", "content", "size", "link", "type", "capabilities"}: type is "file" (default),
// "directory" or "symlink"; `size` fills a file with that many bytes.
void add_file(const Json& file, TarBuilder& tar) {
  std::string path = net::string_member(file, "path");
  if (path.starts_with('/')) path.erase(0, 1);
  if (net::bool_member(file, "capabilities")) tar.pax("SCHILY.xattr.security.capability", "\x01");
  const std::string type = net::string_member(file, "type");
  std::string content = net::string_member(file, "content");
  if (const auto size = net::size_member(file, "size")) content.assign(static_cast<std::size_t>(*size), 'x');
  if (type == "directory") {
    tar.raw(header(path, '5', 0, file));
  } else if (type == "symlink") {
    tar.raw(header(path, '2', 0, file));
  } else {
    tar.raw(header(path, '0', content.size(), file)).raw(content).pad();
  }
}

std::vector<std::string> layers_of(const Json& document) {
  std::size_t count = static_cast<std::size_t>(net::size_member(document, "layers").value_or(1));
  const Json& files = net::member(document, "files");
  std::vector<TarBuilder> tars(std::min(count, kMaxLayers));
  if (files.is_array()) {
    for (const Json& file : files) {
      const auto layer = static_cast<std::size_t>(net::size_member(file, "layer").value_or(0));
      if (layer < tars.size()) add_file(file, tars[layer]);
    }
  }
  std::vector<std::string> layers;
  for (TarBuilder& tar : tars) layers.push_back(tar.end().bytes());
  return layers;
}

class Layout {
 public:
  explicit Layout(std::string directory) : directory_(std::move(directory)) {}

  Result<Json> blob(std::string_view bytes, const char* type) const {
    const Digest digest = Digest::sha256_of(bytes);
    const std::string path = directory_ + "/blobs/sha256/" + std::string(digest.hex());
    OAKUM_CHECK(write_file_atomically(path, bytes));
    return Json{{"mediaType", type}, {"digest", digest.text()}, {"size", bytes.size()}};
  }

  Status write(const Json& document) const {
    OAKUM_CHECK(make_directories(directory_ + "/blobs/sha256"));
    Json config = net::member(document, "config");
    if (!config.is_object()) config = Json::object();
    Json layers = Json::array();
    Json diff_ids = Json::array();
    for (const std::string& layer : layers_of(document)) {
      OAKUM_TRY(Json descriptor, blob(layer, "application/vnd.oci.image.layer.v1.tar"));
      diff_ids.push_back(descriptor["digest"]);
      layers.push_back(std::move(descriptor));
    }
    if (!config.contains("os")) config["os"] = "linux";
    if (!config.contains("architecture")) config["architecture"] = "amd64";
    config["rootfs"] = {{"type", "layers"}, {"diff_ids", std::move(diff_ids)}};
    OAKUM_TRY(const Json described, blob(config.dump(), "application/vnd.oci.image.config.v1+json"));
    const Json manifest = {{"schemaVersion", 2},
                           {"mediaType", "application/vnd.oci.image.manifest.v1+json"},
                           {"config", described},
                           {"layers", std::move(layers)}};
    OAKUM_TRY(const Json top, blob(manifest.dump(), "application/vnd.oci.image.manifest.v1+json"));
    const Json index = {{"schemaVersion", 2}, {"manifests", Json::array({top})}};
    OAKUM_CHECK(write_file_atomically(directory_ + "/index.json", index.dump()));
    return write_file_atomically(directory_ + "/oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
  }

 private:
  std::string directory_;
};

}  // namespace

Result<ImageFacts> image_of_case(std::string_view json) {
  OAKUM_TRY(const Json document, net::parse_json(json, kCaseLimit, "image case"));
  OAKUM_TRY(const TemporaryDirectory directory, TemporaryDirectory::create("oakum-image-case"));
  OAKUM_CHECK(Layout(directory.path()).write(document));
  OAKUM_TRY(const auto source, image::open_source("oci-dir:" + directory.path(), {}));
  const std::string name = net::string_member(document, "name");
  return image::image_facts(*source, name.empty() ? "case" : name, {});
}

}  // namespace oakum::check
