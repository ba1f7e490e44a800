#include "read/image/oci_manifest.h"

#include <algorithm>

#include "base/text.h"
#include "net/json.h"
#include "read/image/platform.h"

namespace oakum::image {

namespace {

using net::Json;
using net::member;
using net::string_member;

constexpr int kMaxIndexDepth = 4;

constexpr std::string_view kIndexTypes[] = {"application/vnd.oci.image.index.v1+json",
                                            "application/vnd.docker.distribution.manifest.list.v2+json"};
constexpr std::string_view kSchemaOneTypes[] = {"application/vnd.docker.distribution.manifest.v1+json",
                                                "application/vnd.docker.distribution.manifest.v1+prettyjws"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::string_view (&list)[N]) {
  return std::ranges::find(list, text) != std::end(list);
}

Platform read_platform(const Json& value) {
  return {.os = string_member(value, "os"),
          .architecture = string_member(value, "architecture"),
          .variant = string_member(value, "variant")};
}

std::map<std::string, std::string> read_map(const Json& value) {
  std::map<std::string, std::string> map;
  if (!value.is_object()) return map;
  for (const auto& [key, item] : value.items()) {
    if (item.is_string()) map.emplace(key, item.get<std::string>());
  }
  return map;
}

Result<Descriptor> read_descriptor(const Json& value, const std::string& name) {
  Descriptor descriptor;
  descriptor.media_type = string_member(value, "mediaType");
  auto digest = Digest::parse(string_member(value, "digest"));
  if (!digest) return std::unexpected(std::move(digest.error()).in(name));
  descriptor.digest = std::move(*digest);
  const auto size = net::size_member(value, "size");
  if (!size) return fail(ErrorCode::invalid, name, "states no size");
  descriptor.size = *size;
  descriptor.urls = net::strings_member(value, "urls");
  descriptor.annotations = read_map(member(value, "annotations"));
  if (member(value, "platform").is_object()) descriptor.platform = read_platform(member(value, "platform"));
  return descriptor;
}

Result<std::vector<Descriptor>> read_descriptors(const Json& list, std::size_t limit, const std::string& name) {
  if (list.size() > limit) {
    return fail(ErrorCode::limit, name,
                "has " + with_thousands(list.size()) + " entries, over the limit of " + with_thousands(limit));
  }
  std::vector<Descriptor> descriptors;
  for (const Json& item : list) {
    OAKUM_TRY(Descriptor descriptor, read_descriptor(item, name + ": entry " + std::to_string(descriptors.size() + 1)));
    descriptors.push_back(std::move(descriptor));
  }
  return descriptors;
}

Result<Manifest> read_image_manifest(const Json& document, const std::string& name) {
  Manifest manifest;
  OAKUM_TRY(manifest.config, read_descriptor(member(document, "config"), name + ": config"));
  if (member(document, "layers").is_array()) {
    OAKUM_TRY(manifest.layers, read_descriptors(member(document, "layers"), kMaxLayers, name + ": layers"));
  }
  for (const Descriptor& layer : manifest.layers) {
    if (!layer.media_type.ends_with("+encrypted")) continue;
    return fail(ErrorCode::unsupported, name, "its layers are encrypted",
                "decrypt it first, for example with skopeo copy --decryption-key");
  }
  return manifest;
}

std::vector<HistoryEntry> read_history(const Json& list) {
  std::vector<HistoryEntry> history;
  if (!list.is_array()) return history;
  for (const Json& entry : list) {
    history.push_back(
        {string_member(entry, "created_by"), string_member(entry, "comment"), net::bool_member(entry, "empty_layer")});
  }
  return history;
}

ImageConfig read_image_config(const Json& config) {
  return {.user = string_member(config, "User"),
          .env = net::strings_member(config, "Env"),
          .entrypoint = net::strings_member(config, "Entrypoint"),
          .cmd = net::strings_member(config, "Cmd"),
          .working_dir = string_member(config, "WorkingDir"),
          .labels = read_map(member(config, "Labels")),
          .exposed_ports = net::keys_member(config, "ExposedPorts"),
          .volumes = net::keys_member(config, "Volumes"),
          .healthcheck = member(config, "Healthcheck").is_object()};
}

// Only when history and layers agree in number does an entry belong to a layer.
void attribute_history(const std::vector<HistoryEntry>& history, std::vector<Layer>& layers) {
  const auto is_layer = [](const HistoryEntry& entry) { return !entry.empty_layer; };
  if (static_cast<std::size_t>(std::ranges::count_if(history, is_layer)) != layers.size()) return;
  auto layer = layers.begin();
  for (const HistoryEntry& entry : history) {
    if (entry.empty_layer) continue;
    layer->created_by = entry.created_by;
    layer->comment = entry.comment;
    ++layer;
  }
}

// BuildKit's attestations sit in the index beside the images that they speak of.
bool is_attestation(const Descriptor& descriptor) {
  if (descriptor.annotations.contains("vnd.docker.reference.type")) return true;
  return descriptor.platform && descriptor.platform->os == "unknown" && descriptor.platform->architecture == "unknown";
}

std::string list_platforms(const std::vector<Descriptor>& candidates) {
  std::string list;
  for (const Descriptor& candidate : candidates) {
    if (is_attestation(candidate) || !candidate.platform || list.size() > 400) continue;
    list += (list.empty() ? "" : ", ") + printable(candidate.platform->text(), 60);
  }
  return list;
}

bool is_foreign(std::string_view media_type) {
  return media_type.find(".foreign.") != std::string_view::npos ||
         media_type.find("nondistributable") != std::string_view::npos;
}

}  // namespace

bool Descriptor::is_index() const { return is_one_of(media_type, kIndexTypes); }

Result<ManifestDocument> parse_manifest(std::string_view json, std::string_view media_type, std::string_view name) {
  const std::string place(name);
  OAKUM_TRY(const Json document, net::parse_json(json, kManifestLimit, name));
  std::string type = string_member(document, "mediaType");
  if (type.empty()) type = media_type;
  if (is_one_of(type, kSchemaOneTypes) || net::size_member(document, "schemaVersion") == 1) {
    return fail(ErrorCode::unsupported, place, "a manifest of schema 1, which Docker gave up in 2019",
                "push the image again with a current docker, podman or skopeo");
  }
  if (member(document, "manifests").is_array() && !member(document, "config").is_object()) {
    Index index;
    OAKUM_TRY(index.manifests, read_descriptors(member(document, "manifests"), kMaxManifests, place));
    return index;
  }
  if (!member(document, "config").is_object()) {
    return fail(ErrorCode::invalid, place, "neither an image manifest nor an index of manifests");
  }
  OAKUM_TRY(Manifest manifest, read_image_manifest(document, place));
  return manifest;
}

Result<ConfigFile> parse_config(std::string_view json, std::string_view name) {
  const std::string place(name);
  OAKUM_TRY(const Json document, net::parse_json(json, kConfigLimit, name));
  const Json& diff_ids = member(member(document, "rootfs"), "diff_ids");
  if (!diff_ids.is_array() && !diff_ids.is_null())
    return fail(ErrorCode::invalid, place, "its rootfs.diff_ids is no list");
  if (!member(document, "rootfs").is_object()) {
    return fail(ErrorCode::unsupported, place, "not a container image: its config has no rootfs");
  }
  if (diff_ids.size() > kMaxLayers)
    return fail(ErrorCode::limit, place, "has more than " + with_thousands(kMaxLayers) + " layers");
  ConfigFile file;
  file.platform = read_platform(document);
  file.created = string_member(document, "created");
  file.config = read_image_config(member(document, "config"));
  for (const std::string& text : net::strings_member(member(document, "rootfs"), "diff_ids")) {
    auto digest = Digest::parse(text);
    if (!digest) return std::unexpected(std::move(digest.error()).in(place));
    file.diff_ids.push_back(std::move(*digest));
  }
  file.history = read_history(member(document, "history"));
  return file;
}

Result<std::vector<SavedImage>> parse_saved_images(std::string_view json, std::string_view name) {
  const std::string place(name);
  OAKUM_TRY(const Json document, net::parse_json(json, kManifestLimit, name));
  if (!document.is_array()) return fail(ErrorCode::invalid, place, "not a list of images");
  if (document.size() > kMaxManifests)
    return fail(ErrorCode::limit, place, "lists more than " + with_thousands(kMaxManifests) + " images");
  std::vector<SavedImage> images;
  for (const Json& entry : document) {
    SavedImage image{string_member(entry, "Config"), net::strings_member(entry, "RepoTags"),
                     net::strings_member(entry, "Layers")};
    if (image.config.empty())
      return fail(ErrorCode::invalid, place, "image " + std::to_string(images.size() + 1) + " names no config");
    if (image.layers.size() > kMaxLayers)
      return fail(ErrorCode::limit, place, "has more than " + with_thousands(kMaxLayers) + " layers");
    images.push_back(std::move(image));
  }
  return images;
}

Result<Image> make_image(const ConfigFile& config, std::string_view config_json, std::vector<Layer> layers,
                         std::string_view name) {
  if (config.diff_ids.size() != layers.size()) {
    return fail(ErrorCode::invalid, std::string(name),
                "its manifest has " + std::to_string(layers.size()) + " layers, its config " +
                    std::to_string(config.diff_ids.size()));
  }
  for (std::size_t i = 0; i < layers.size(); ++i) layers[i].diff_id = config.diff_ids[i];
  attribute_history(config.history, layers);
  Image image;
  image.name = name;
  image.id = Digest::sha256_of(config_json);
  image.platform = config.platform;
  image.created = config.created;
  image.config = config.config;
  image.layers = std::move(layers);
  image.config_json = config_json;
  return image;
}

std::vector<Layer> layers_of(const Manifest& manifest) {
  std::vector<Layer> layers;
  for (const Descriptor& descriptor : manifest.layers) {
    Layer layer;
    layer.blob = descriptor.digest;
    layer.size = descriptor.size;
    layer.foreign = is_foreign(descriptor.media_type);
    layer.urls = descriptor.urls;
    layers.push_back(std::move(layer));
  }
  return layers;
}

Result<PlatformChoice> platform_choice(std::string_view text) {
  if (text.empty()) return PlatformChoice{machine_platform(), false};
  OAKUM_TRY(Platform platform, parse_platform(text));
  return PlatformChoice{std::move(platform), true};
}

Result<Descriptor> choose_manifest(const std::vector<Descriptor>& candidates, const PlatformChoice& choice,
                                   std::string_view name) {
  const Descriptor* best = nullptr;
  const Descriptor* only = nullptr;  // the one that could be meant when no platform fits
  int best_rank = 0;
  std::size_t images = 0;
  std::size_t unnamed = 0;
  for (const Descriptor& candidate : candidates) {
    if (is_attestation(candidate)) continue;
    ++images;
    if (!candidate.platform) {
      ++unnamed;
      only = &candidate;
      continue;
    }
    if (only == nullptr) only = &candidate;
    const int rank = platform_rank(choice.platform, *candidate.platform);
    if (rank > best_rank) {
      best = &candidate;
      best_rank = rank;
    }
  }
  if (best != nullptr) return *best;
  if (images == 0) return fail(ErrorCode::not_found, std::string(name), "its index names no image");
  if (unnamed == 1 || (images == 1 && !choice.stated)) return *only;
  if (unnamed > 1) {
    return fail(ErrorCode::usage, std::string(name), "holds " + std::to_string(images) + " images without a platform",
                "choose one by its tag or digest");
  }
  return fail(ErrorCode::not_found, std::string(name), "no image for " + choice.platform.text(),
              "choose with --platform one of " + list_platforms(candidates));
}

Result<ResolvedManifest> resolve_manifest(const Descriptor& root, std::string_view json, const PlatformChoice& choice,
                                          const FetchManifest& fetch, std::string_view name) {
  Descriptor current = root;
  std::string bytes(json);
  for (int depth = 0; depth <= kMaxIndexDepth; ++depth) {
    OAKUM_TRY(ManifestDocument document, parse_manifest(bytes, current.media_type, name));
    if (auto* manifest = std::get_if<Manifest>(&document))
      return ResolvedManifest{std::move(*manifest), current.digest};
    OAKUM_TRY(current, choose_manifest(std::get<Index>(document).manifests, choice, name));
    OAKUM_TRY(bytes, fetch(current));
  }
  return fail(ErrorCode::limit, std::string(name),
              "indexes nested deeper than " + std::to_string(kMaxIndexDepth) + " levels");
}

Status check_platform(const Platform& have, const PlatformChoice& choice, std::string_view name) {
  if (!choice.stated || have.architecture.empty() || platform_rank(choice.platform, have) > 0) return {};
  return fail(ErrorCode::not_found, std::string(name),
              "the image is for " + printable(have.text(), 60) + ", not " + choice.platform.text());
}

Status verify_digest(std::string_view bytes, const Digest& digest, std::string_view name) {
  Hasher hasher(digest.algorithm());
  hasher.update(bytes);
  const Digest found = hasher.finish();
  if (found == digest) return {};
  return fail(ErrorCode::integrity, std::string(name),
              "its bytes have the digest " + found.text() + ", not " + digest.text());
}

}  // namespace oakum::image
