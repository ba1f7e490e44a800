#include "read/image/containers_storage.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"
#include "net/credentials.h"
#include "net/json.h"
#include "net/reference.h"
#include "read/image/overlay2.h"
#include "read/image/simple_sources.h"

namespace oakum::image {

namespace {

constexpr std::size_t kMetadataLimit = 256 << 20;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && !name.starts_with('.') && name.find('/') == std::string_view::npos;
}

bool names_image(std::string_view stored, std::string_view wanted) {
  const auto has = net::parse_reference(stored);
  if (!has) return false;
  for (const std::string& text : {std::string(wanted), "localhost/" + std::string(wanted)}) {
    const auto want = net::parse_reference(text);
    if (!want || want->name() != has->name()) continue;
    if (want->digest.empty() ? want->tag == has->tag : want->digest == has->digest) return true;
  }
  return false;
}

bool digest_matches(const net::Json& image, const net::Reference& wanted) {
  if (wanted.digest.empty() || net::string_member(image, "digest") != wanted.digest.text()) return false;
  return std::ranges::any_of(net::strings_member(image, "names"), [&](const std::string& name) {
    const auto has = net::parse_reference(name);
    return has && has->name() == wanted.name();
  });
}

bool is_wanted(const net::Json& image, std::string_view name) {
  for (const std::string& stored : net::strings_member(image, "names")) {
    if (names_image(stored, name)) return true;
  }
  const auto reference = net::parse_reference(name);
  if (reference && digest_matches(image, *reference)) return true;
  const auto id = as_image_id(name);
  return !id.empty() && net::string_member(image, "id").starts_with(id);
}

Result<net::Json> read_list(const std::string& path) {
  OAKUM_TRY(const std::string text, read_file(path, kMetadataLimit));
  OAKUM_TRY(net::Json list, net::parse_json(text, kMetadataLimit, path));
  if (!list.is_array()) return fail(ErrorCode::invalid, path, "not a list");
  return list;
}

Result<net::Json> find_image(const std::string& root, std::string_view name) {
  const std::string path = root + "/overlay-images/images.json";
  if (!path_exists(path) && (is_directory(root + "/vfs-images") || is_directory(root + "/btrfs-images"))) {
    return fail(ErrorCode::unsupported, root, "its storage driver is not overlay",
                "reach the image through podman's socket or podman save");
  }
  OAKUM_TRY(const net::Json images, read_list(path));
  for (const net::Json& image : images) {
    if (is_wanted(image, name)) return image;
  }
  return fail(ErrorCode::not_found, root, "no image \"" + printable(name, 200) + "\"");
}

// containers/storage, makeBigDataBaseName: names with anything but letters, digits, '.' and '-' go in base64.
std::string big_data_file(std::string_view key) {
  const bool plain = std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
  return plain && !key.starts_with('.') ? std::string(key) : "=" + net::base64_encode(key);
}

Result<std::string> read_big_data(const std::string& root, const std::string& id, std::string_view key,
                                  std::size_t limit) {
  return read_file(root + "/overlay-images/" + id + "/" + big_data_file(key), limit);
}

struct StoredLayer {
  std::string parent;
  std::string diff_digest;
};

Result<std::map<std::string, StoredLayer>> read_layers(const std::string& root) {
  std::map<std::string, StoredLayer> layers;
  for (const char* file : {"layers.json", "volatile-layers.json"}) {
    const std::string path = root + "/overlay-layers/" + file;
    if (file[0] == 'v' && !path_exists(path)) continue;
    OAKUM_TRY(const net::Json list, read_list(path));
    for (const net::Json& layer : list) {
      layers[net::string_member(layer, "id")] = {net::string_member(layer, "parent"),
                                                 net::string_member(layer, "diff-digest")};
    }
  }
  return layers;
}

// From the top layer down, returned lowest first; each holds the diff of its place in the config.
Result<std::vector<ImageSource::Directory>> layer_directories(const std::string& root, const std::string& top,
                                                              const std::vector<Digest>& diff_ids) {
  OAKUM_TRY(const auto layers, read_layers(root));
  std::vector<ImageSource::Directory> directories;
  std::string id = top;
  for (std::size_t left = diff_ids.size(); left != 0; --left) {
    const auto layer = layers.find(id);
    if (layer == layers.end() || !is_plain_name(id))
      return fail(ErrorCode::invalid, root, "layer \"" + printable(id, 80) + "\" is missing");
    if (layer->second.diff_digest != diff_ids[left - 1].text()) {
      return fail(ErrorCode::integrity, root, "layer \"" + id + "\" is not the one that the image's config names");
    }
    directories.push_back({root + "/overlay/" + id + "/diff", true});
    if (!is_directory(directories.back().path))
      return fail(ErrorCode::not_found, directories.back().path, "no such directory, though the layer is listed");
    id = layer->second.parent;
  }
  std::ranges::reverse(directories);
  return directories;
}

void set_names(const net::Json& stored, Image& image) {
  if (auto digest = Digest::parse(net::string_member(stored, "digest"))) image.manifest = std::move(*digest);
  for (const std::string& name : net::strings_member(stored, "names")) {
    const auto reference = net::parse_reference(name);
    if (!reference) continue;
    (reference->digest.empty() ? image.tags : image.repo_digests).push_back(name);
  }
}

// `key = "value"` or `key = ["a", "b"]` of a TOML line: all that storage.conf is read for.
std::vector<std::string> quoted_values(std::string_view text) {
  std::vector<std::string> values;
  for (;;) {
    const auto open = text.find('"');
    if (open == std::string_view::npos) return values;
    const auto close = text.find('"', open + 1);
    if (close == std::string_view::npos) return values;
    values.emplace_back(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
}

std::string expanded(std::string path) {
  const std::pair<std::string_view, std::string> variables[] = {{"$HOME", environment("HOME")},
                                                                {"$UID", std::to_string(::getuid())}};
  for (const auto& [name, value] : variables) {
    if (const auto at = path.find(name); at != std::string::npos) path.replace(at, name.size(), value);
  }
  return path;
}

}  // namespace

std::vector<std::string> parse_storage_conf(std::string_view text, bool rootless) {
  std::string graph_root;
  std::vector<std::string> roots;
  std::string section;
  std::string_view array_key;  // of an array over several lines
  while (const auto line = next_line(text)) {
    const auto content = trim(line->substr(0, line->find('#')));
    if (!array_key.empty()) {
      for (auto& value : quoted_values(content)) roots.push_back(expanded(std::move(value)));
      if (content.find(']') != std::string_view::npos) array_key = {};
      continue;
    }
    if (content.starts_with('[')) {
      section = content;
      continue;
    }
    const auto equals = content.find('=');
    if (equals == std::string_view::npos || !section.starts_with("[storage")) continue;
    const auto key = trim(content.substr(0, equals));
    const auto values = quoted_values(content.substr(equals + 1));
    const bool own_root =
        section == "[storage]" && (key == "graphroot" || (rootless && key == "rootless_storage_path"));
    if (own_root && !values.empty()) graph_root = expanded(values.front());
    if (key != "additionalimagestores" && key != "imagestore") continue;
    for (const auto& value : values) roots.push_back(expanded(value));
    if (content.find('[') != std::string_view::npos && content.find(']') == std::string_view::npos) array_key = key;
  }
  std::erase(roots, "");
  if (!graph_root.empty()) roots.insert(roots.begin(), graph_root);
  return roots;
}

std::vector<std::string> containers_storage_roots() {
  const bool rootless = ::geteuid() != 0;
  const std::string home = environment("HOME");
  std::string config = environment("XDG_CONFIG_HOME");
  if (config.empty()) config = home + "/.config";
  std::string data = environment("XDG_DATA_HOME");
  if (data.empty()) data = home + "/.local/share";
  std::vector<std::string> files = {environment("CONTAINERS_STORAGE_CONF")};
  if (files.front().empty()) {
    files = {config + "/containers/storage.conf", "/etc/containers/storage.conf", "/usr/share/containers/storage.conf"};
  }
  std::vector<std::string> roots;
  for (const std::string& file : files) {
    const auto text = read_file(file, 1 << 20);
    if (!text) continue;
    for (auto& root : parse_storage_conf(*text, rootless)) roots.push_back(std::move(root));
    break;  // the first that exists is the configuration
  }
  roots.push_back(data + "/containers/storage");
  roots.emplace_back("/var/lib/containers/storage");
  std::vector<std::string> distinct;
  for (auto& root : roots) {
    if (std::ranges::find(distinct, root) == distinct.end()) distinct.push_back(std::move(root));
  }
  return distinct;
}

Result<std::unique_ptr<ImageSource>> open_containers_storage(const std::string& graph_root, std::string_view name,
                                                             const PlatformChoice& choice) {
  OAKUM_TRY(const net::Json stored, find_image(graph_root, name));
  const std::string id = net::string_member(stored, "id");
  const std::string place = graph_root + ": image " + printable(id, 80);
  if (!is_plain_name(id)) return fail(ErrorCode::invalid, place, "no valid id");
  OAKUM_TRY(const std::string manifest_json, read_big_data(graph_root, id, "manifest", kManifestLimit));
  OAKUM_TRY(ManifestDocument document, parse_manifest(manifest_json, "", place));
  const auto* manifest = std::get_if<Manifest>(&document);
  if (manifest == nullptr)
    return fail(ErrorCode::unsupported, place, "a list of images, not an image", "name one of them");
  OAKUM_TRY(const std::string json, read_big_data(graph_root, id, manifest->config.digest.text(), kConfigLimit));
  OAKUM_CHECK(verify_digest(json, manifest->config.digest, place + ": config"));
  OAKUM_TRY(const ConfigFile config, parse_config(json, place));
  OAKUM_CHECK(check_platform(config.platform, choice, name));
  std::vector<Layer> layers = layers_of(*manifest);
  OAKUM_TRY(Image image, make_image(config, json, std::move(layers), name));
  OAKUM_TRY(auto directories, layer_directories(graph_root, net::string_member(stored, "layer"), config.diff_ids));
  set_names(stored, image);
  return std::make_unique<UnpackedImage>(std::move(image), std::move(directories));
}

}  // namespace oakum::image
