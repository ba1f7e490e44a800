// The documents that make an image: manifests, indexes and configs as OCI and Docker write them, and the manifest.json
// of `docker save`. Everything here comes from strangers; nothing here reads anything but the bytes it is given.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/digest.h"
#include "base/error.h"
#include "model/image.h"

namespace oakum::image {

inline constexpr std::size_t kManifestLimit = 4 << 20;  // bytes; what registries accept at most
inline constexpr std::size_t kConfigLimit = 16 << 20;   // bytes
inline constexpr std::size_t kMaxLayers = 4096;
inline constexpr std::size_t kMaxManifests = 4096;  // of one index, or images of one archive

// OCI image-spec, descriptor.md.
struct Descriptor {
  std::string media_type;
  Digest digest;
  std::uint64_t size = 0;
  std::vector<std::string> urls;
  std::map<std::string, std::string> annotations;
  std::optional<Platform> platform;

  bool is_index() const;
};

struct Manifest {
  Descriptor config;
  std::vector<Descriptor> layers;
};
struct Index {
  std::vector<Descriptor> manifests;
};
using ManifestDocument = std::variant<Manifest, Index>;

// `media_type` is what the transport says, "" when it says nothing; the document's own word and shape decide then.
Result<ManifestDocument> parse_manifest(std::string_view json, std::string_view media_type, std::string_view name);

struct HistoryEntry {
  std::string created_by;
  std::string comment;
  bool empty_layer = false;
};

// OCI image-spec, config.md; Docker's differs in nothing that is read.
struct ConfigFile {
  Platform platform;
  std::string created;
  ImageConfig config;
  std::vector<Digest> diff_ids;
  std::vector<HistoryEntry> history;
};
Result<ConfigFile> parse_config(std::string_view json, std::string_view name);

// One image of a `docker save` archive.
struct SavedImage {
  std::string config;               // path in the archive
  std::vector<std::string> tags;    // "nginx:1.27"
  std::vector<std::string> layers;  // paths in the archive, lowest first
};
Result<std::vector<SavedImage>> parse_saved_images(std::string_view json, std::string_view name);

// Joins config and layers (whose diff_id, created_by and comment are set here). Their numbers must match.
Result<Image> make_image(const ConfigFile& config, std::string_view config_json, std::vector<Layer> layers,
                         std::string_view name);

// The layers of a manifest; diff_ids not yet.
std::vector<Layer> layers_of(const Manifest& manifest);

// What the user asked for; `stated` tells "this machine's" from a choice.
struct PlatformChoice {
  Platform platform;
  bool stated = false;
};
Result<PlatformChoice> platform_choice(std::string_view text);

// The best of `candidates`, attestations left aside; an error that lists the platforms there are when none fits.
Result<Descriptor> choose_manifest(const std::vector<Descriptor>& candidates, const PlatformChoice& choice,
                                   std::string_view name);

// Follows indexes down to one manifest. `fetch` gives the bytes of a descriptor, already verified.
struct ResolvedManifest {
  Manifest manifest;
  Digest digest;
};
using FetchManifest = std::function<Result<std::string>(const Descriptor&)>;
Result<ResolvedManifest> resolve_manifest(const Descriptor& root, std::string_view json, const PlatformChoice& choice,
                                          const FetchManifest& fetch, std::string_view name);

// An error when the user stated a platform and the image is for another.
Status check_platform(const Platform& have, const PlatformChoice& choice, std::string_view name);

// An error of code `integrity` unless the bytes have this digest.
Status verify_digest(std::string_view bytes, const Digest& digest, std::string_view name);

}  // namespace oakum::image
