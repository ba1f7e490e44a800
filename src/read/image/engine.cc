#include "read/image/engine.h"

#include <algorithm>
#include <mutex>

#include "base/text.h"
#include "net/json.h"
#include "net/system_files.h"
#include "read/image/containers_storage.h"
#include "read/image/docker_archive.h"
#include "read/image/overlay2.h"
#include "read/image/spool.h"

namespace oakum::image {

namespace {

using std::chrono::minutes;

constexpr std::size_t kAnswerLimit = 32 << 20;

// Image names have no characters that a URL would change; what else users type is encoded.
std::string path_encoded(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~:/@").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += "%" + to_hex(std::string_view(&c, 1));
  }
  return out;
}

net::Request request_for(const EngineAddress& address, const std::string& path) {
  net::Request request{.url = address.base_url + path, .unix_socket = address.unix_socket};
  request.tls = address.tls;
  request.max_body = kAnswerLimit;
  return request;
}

std::unexpected<Error> engine_error(const EngineAddress& address, std::string_view name,
                                    const net::Response& response) {
  if (response.status == 404)
    return fail(ErrorCode::not_found, address.host, "no image \"" + printable(name, 200) + "\"");
  const auto document = net::parse_json(response.body, kAnswerLimit, "error");
  const std::string message = document ? net::string_member(*document, "message") : "";
  return fail(response.status == 403 || response.status == 401 ? ErrorCode::permission : ErrorCode::io, address.host,
              "the engine answered with status " + std::to_string(response.status) +
                  (message.empty() ? "" : " (" + printable(message, 300) + ")"));
}

Result<std::string> get(const EngineAddress& address, const std::string& path, std::string_view name) {
  auto response = net::fetch(request_for(address, path));
  if (!response) {
    Error error = std::move(response.error());
    error.what = address.host;
    return std::unexpected(std::move(error));
  }
  if (response->status != 200) return engine_error(address, name, *response);
  return std::move(response->body);
}

std::vector<Digest> layer_digests(const net::Json& document) {
  std::vector<Digest> digests;
  for (const std::string& text : net::strings_member(net::member(document, "RootFS"), "Layers")) {
    if (auto digest = Digest::parse(text)) digests.push_back(std::move(*digest));
  }
  return digests;
}

// The history says sizes, not which entries are layers. Every entry with a size is one; when those are as many as the
// layers, the assignment is certain.
bool attribute_history(const net::Json& history, std::vector<Layer>& layers) {
  std::vector<const net::Json*> made;
  if (history.is_array()) {
    for (const net::Json& entry : history) {
      if (net::size_member(entry, "Size").value_or(0) > 0) made.push_back(&entry);
    }
  }
  if (made.size() != layers.size()) return false;
  for (std::size_t i = 0; i < layers.size(); ++i) {  // the newest comes first
    layers[layers.size() - 1 - i].created_by = net::string_member(*made[i], "CreatedBy");
    layers[layers.size() - 1 - i].comment = net::string_member(*made[i], "Comment");
  }
  return true;
}

// The engine's history as a config writes it: the oldest first, and steps that added nothing marked as such.
net::Json steps_of(const net::Json& history) {
  net::Json steps = net::Json::array();
  if (!history.is_array()) return steps;
  for (auto entry = history.rbegin(); entry != history.rend(); ++entry) {
    steps.push_back({{"created_by", net::string_member(*entry, "CreatedBy")},
                     {"comment", net::string_member(*entry, "Comment")},
                     {"empty_layer", net::size_member(*entry, "Size").value_or(0) == 0}});
  }
  return steps;
}

// Exported when first needed; every layer then is a part of the unnamed file.
class ExportedImage final : public ImageSource {
 public:
  // `file` was made by make_spool_file(): layers are opened when the process may make no files any more.
  ExportedImage(EngineAddress address, std::string name, Image image, Fd file)
      : address_(std::move(address)), name_(std::move(name)), image_(std::move(image)), file_(std::move(file)) {}

  const Image& image() const override { return image_; }

  Result<std::unique_ptr<ByteStream>> open_layer(std::size_t index) override {
    OAKUM_CHECK(export_once());
    return archive_->open(paths_[index]);
  }

  bool remote() const override { return true; }
  std::vector<std::string> reads() const override {
    if (!address_.unix_socket.empty()) return {};
    return net::files_read(address_.tls);
  }

  // Before layers are opened: takes the image's description from the export, which knows the whole history.
  Status export_now() {
    OAKUM_CHECK(export_once());
    Image exact = std::move(exported_);
    exact.name = image_.name;
    exact.tags = image_.tags;
    exact.repo_digests = image_.repo_digests;
    image_ = std::move(exact);
    return {};
  }

 private:
  Status export_once() {
    const std::lock_guard lock(mutex_);
    if (!outcome_) outcome_ = run_export();
    return *outcome_;
  }

  Status run_export() {
    net::Request request = request_for(address_, "/images/" + path_encoded(name_) + "/get");
    request.idle_timeout = minutes(15);  // engines write the whole image to their own disk before the first byte
    OAKUM_TRY(net::StreamedResponse streamed, net::fetch_stream(request));
    if (!streamed.body) return engine_error(address_, name_, streamed.response);
    const std::string place = address_.host + ": export of " + image_.name;
    OAKUM_CHECK(spool_into(file_, *streamed.body, kSpoolLimit, place));
    OAKUM_TRY(ArchiveIndex index, ArchiveIndex::read(std::make_shared<const Fd>(std::move(file_)), place));
    archive_ = std::make_shared<const ArchiveIndex>(std::move(index));
    OAKUM_TRY(DockerArchive read, read_docker_archive(*archive_, "", PlatformChoice{image_.platform, false}));
    if (!std::ranges::equal(read.image.layers, image_.layers, {}, &Layer::diff_id, &Layer::diff_id)) {
      return fail(ErrorCode::integrity, place, "the exported layers are not the ones that the engine named before",
                  "was the tag moved meanwhile? try again");
    }
    paths_ = std::move(read.layer_paths);
    exported_ = std::move(read.image);
    return {};
  }

  const EngineAddress address_;
  const std::string name_;
  Image image_;
  Fd file_;
  Image exported_;
  std::mutex mutex_;
  std::optional<Status> outcome_;
  std::shared_ptr<const ArchiveIndex> archive_;
  std::vector<std::string> paths_;
};

// The engine's own files, where it runs on this machine and they may be read; null when not.
std::unique_ptr<ImageSource> open_in_place(const EngineAddress& address, const Image& image,
                                           const PlatformChoice& choice) {
  if (address.unix_socket.empty() || image.id.empty()) return nullptr;
  const auto info = get(address, "/info", image.name);
  if (!info) return nullptr;
  const auto document = net::parse_json(*info, kAnswerLimit, "info");
  if (!document) return nullptr;
  const std::string root = net::string_member(*document, "DockerRootDir");
  const std::string driver = net::string_member(*document, "Driver");
  if (root.empty()) return nullptr;
  auto found = driver == "overlay2"  ? open_overlay2(root, image.id.text(), choice)
               : driver == "overlay" ? open_containers_storage(root, image.id.text(), choice)
                                     : fail(ErrorCode::unsupported, driver, "not read in place");
  if (!found || (*found)->image().layers.size() != image.layers.size()) return nullptr;
  return std::move(*found);
}

// The name stays what the user typed.
class RenamedImage final : public ImageSource {
 public:
  RenamedImage(std::unique_ptr<ImageSource> source, const Image& as)
      : source_(std::move(source)), image_(source_->image()) {
    image_.name = as.name;
    image_.tags = as.tags;
    image_.repo_digests = as.repo_digests;
  }
  const Image& image() const override { return image_; }
  Result<std::unique_ptr<ByteStream>> open_layer(std::size_t index) override { return source_->open_layer(index); }
  std::optional<Directory> layer_directory(std::size_t index) const override { return source_->layer_directory(index); }
  bool remote() const override { return source_->remote(); }
  std::vector<std::string> reads() const override { return source_->reads(); }

 private:
  std::unique_ptr<ImageSource> source_;
  Image image_;
};

}  // namespace

Result<InspectedImage> parse_inspect(std::string_view inspect_json, std::string_view history_json,
                                     std::string_view name) {
  OAKUM_TRY(const net::Json document, net::parse_json(inspect_json, kAnswerLimit, name));
  // An image's config but for the case of its top keys, so it is read by the same function.
  net::Json config = {{"os", net::string_member(document, "Os")},
                      {"architecture", net::string_member(document, "Architecture")},
                      {"variant", net::string_member(document, "Variant")},
                      {"created", net::string_member(document, "Created")},
                      {"config", net::member(document, "Config")},
                      {"rootfs", net::Json::object()}};
  const auto history = net::parse_json(history_json, kAnswerLimit, name);
  if (history) config["history"] = steps_of(*history);
  const std::string config_json = config.dump(-1, ' ', false, net::Json::error_handler_t::replace);
  OAKUM_TRY(ConfigFile file, parse_config(config_json, name));
  file.diff_ids = layer_digests(document);
  InspectedImage inspected;
  OAKUM_TRY(inspected.image, make_image(file, config_json, std::vector<Layer>(file.diff_ids.size()), name));
  std::string id = net::string_member(document, "Id");
  if (!id.empty() && id.find(':') == std::string::npos) id = "sha256:" + id;
  OAKUM_TRY(inspected.image.id, Digest::parse(id));
  inspected.image.tags = net::strings_member(document, "RepoTags");
  inspected.image.repo_digests = net::strings_member(document, "RepoDigests");
  if (history) inspected.history_known = attribute_history(*history, inspected.image.layers);
  return inspected;
}

Result<std::unique_ptr<ImageSource>> open_engine(const EngineAddress& address, std::string_view name,
                                                 const PlatformChoice& choice) {
  const std::string base = "/images/" + path_encoded(name);
  OAKUM_TRY(const std::string inspect, get(address, base + "/json", name));
  const auto history = get(address, base + "/history", name);
  OAKUM_TRY(InspectedImage inspected, parse_inspect(inspect, history.value_or(""), name));
  OAKUM_CHECK(check_platform(inspected.image.platform, choice, name));
  if (auto in_place = open_in_place(address, inspected.image, choice)) {
    return std::make_unique<RenamedImage>(std::move(in_place), inspected.image);
  }
  OAKUM_TRY(Fd file, make_spool_file());
  auto exported =
      std::make_unique<ExportedImage>(address, std::string(name), std::move(inspected.image), std::move(file));
  if (!inspected.history_known) OAKUM_CHECK(exported->export_now());
  return exported;
}

}  // namespace oakum::image
