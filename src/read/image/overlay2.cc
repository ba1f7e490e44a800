#include "read/image/overlay2.h"

#include <algorithm>
#include <filesystem>

#include "base/fd.h"
#include "base/text.h"
#include "net/json.h"
#include "net/reference.h"
#include "read/image/simple_sources.h"

namespace oakum::image {

namespace {

constexpr std::size_t kRepositoriesLimit = 64 << 20;
constexpr std::size_t kMaxImages = 1'000'000;

struct Found {
  Digest id;
  std::vector<std::string> tags;
  std::vector<std::string> repo_digests;
};

// repositories.json: {"Repositories":{"nginx":{"nginx:1.27":"sha256:ID","nginx@sha256:…":"sha256:ID"}}}
Result<net::Json> read_repositories(const std::string& metadata) {
  const std::string path = metadata + "/repositories.json";
  OAKUM_TRY(const std::string text, read_file(path, kRepositoriesLimit));
  return net::parse_json(text, kRepositoriesLimit, path);
}

std::string id_of_name(const net::Json& document, std::string_view name) {
  const auto wanted = net::parse_reference(name);
  if (!wanted) return {};
  const net::Json& repositories = net::member(document, "Repositories");
  if (!repositories.is_object()) return {};
  for (const auto& [repository, references] : repositories.items()) {
    if (!references.is_object()) continue;
    for (const auto& [text, id] : references.items()) {
      const auto reference = net::parse_reference(text);
      if (!reference || !id.is_string() || reference->name() != wanted->name()) continue;
      if (wanted->digest.empty() ? reference->tag == wanted->tag : reference->digest == wanted->digest)
        return id.get<std::string>();
    }
  }
  return {};
}

// The one image whose id begins with `prefix`.
Result<std::string> id_of_prefix(const std::string& metadata, std::string_view prefix, std::string_view name) {
  std::error_code error;
  std::string found;
  std::size_t seen = 0;
  for (std::filesystem::directory_iterator entry(metadata + "/imagedb/content/sha256", error), end;
       !error && entry != end; entry.increment(error)) {
    if (++seen > kMaxImages) break;
    const std::string id = entry->path().filename().string();
    if (!id.starts_with(prefix)) continue;
    if (!found.empty()) return fail(ErrorCode::usage, std::string(name), "several images have an id that begins so");
    found = id;
  }
  return found.empty() ? found : "sha256:" + found;
}

void collect_names(const net::Json& document, Found& found) {
  const net::Json& repositories = net::member(document, "Repositories");
  if (!repositories.is_object()) return;
  for (const auto& [repository, references] : repositories.items()) {
    if (!references.is_object()) continue;
    for (const auto& [text, id] : references.items()) {
      if (!id.is_string() || id.get_ref<const std::string&>() != found.id.text()) continue;
      (text.find('@') == std::string::npos ? found.tags : found.repo_digests).push_back(text);
    }
  }
}

Result<Found> find_image(const std::string& root, const std::string& metadata, std::string_view name) {
  OAKUM_TRY(const net::Json document, read_repositories(metadata));
  std::string id = id_of_name(document, name);
  if (const auto prefix = as_image_id(name); id.empty() && !prefix.empty()) {
    OAKUM_TRY(id, id_of_prefix(metadata, prefix, name));
  }
  if (id.empty()) return fail(ErrorCode::not_found, root, "no image \"" + printable(name, 200) + "\"");
  Found found;
  OAKUM_TRY(found.id, Digest::parse(id));
  collect_names(document, found);
  return found;
}

// layerdb/sha256/CHAIN/cache-id names the directory; nothing but a plain name may stand there.
Result<std::string> layer_path(const std::string& root, const std::string& metadata, const Digest& chain) {
  const std::string file = metadata + "/layerdb/sha256/" + std::string(chain.hex()) + "/cache-id";
  OAKUM_TRY(const std::string text, read_file(file, 4096));
  const std::string id(trim(text));
  if (id.empty() || id.starts_with('.') || id.find('/') != std::string::npos) {
    return fail(ErrorCode::invalid, file, "holds no name of a layer");
  }
  const std::string path = root + "/overlay2/" + id + "/diff";
  if (!is_directory(path)) return fail(ErrorCode::not_found, path, "no such directory, though the layer is listed");
  return path;
}

}  // namespace

std::string_view as_image_id(std::string_view name) {
  if (name.starts_with("sha256:")) name.remove_prefix(7);
  const bool hex = std::ranges::all_of(name, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  return hex && name.size() >= 4 && name.size() <= 64 ? name : std::string_view();
}

Digest next_chain_id(const Digest& parent, const Digest& diff_id) {
  return parent.empty() ? diff_id : Digest::sha256_of(parent.text() + " " + diff_id.text());
}

std::string docker_data_root(const std::string& daemon_json) {
  const auto text = read_file(daemon_json, 1 << 20);
  const auto document = text ? net::parse_json(*text, 1 << 20, daemon_json) : net::parse_json("{}", 16, "");
  std::string root = document ? net::string_member(*document, "data-root") : "";
  if (root.empty() && document) root = net::string_member(*document, "graph");  // its name before Docker 17.05
  return root.empty() ? "/var/lib/docker" : root;
}

Result<std::unique_ptr<ImageSource>> open_overlay2(const std::string& data_root, std::string_view name,
                                                   const PlatformChoice& choice) {
  const std::string metadata = data_root + "/image/overlay2";
  OAKUM_TRY(const Found found, find_image(data_root, metadata, name));
  const std::string file = metadata + "/imagedb/content/sha256/" + std::string(found.id.hex());
  OAKUM_TRY(const std::string json, read_file(file, kConfigLimit));
  OAKUM_CHECK(verify_digest(json, found.id, file));
  OAKUM_TRY(const ConfigFile config, parse_config(json, file));
  OAKUM_CHECK(check_platform(config.platform, choice, name));
  OAKUM_TRY(Image image, make_image(config, json, std::vector<Layer>(config.diff_ids.size()), name));
  image.tags = found.tags;
  image.repo_digests = found.repo_digests;
  std::vector<ImageSource::Directory> directories;
  Digest chain;
  for (const Digest& diff_id : config.diff_ids) {
    chain = next_chain_id(chain, diff_id);
    OAKUM_TRY(std::string path, layer_path(data_root, metadata, chain));
    directories.push_back({std::move(path), true});
  }
  return std::make_unique<UnpackedImage>(std::move(image), std::move(directories));
}

}  // namespace oakum::image
