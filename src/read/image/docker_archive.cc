#include "read/image/docker_archive.h"

#include <algorithm>

#include "base/text.h"
#include "net/reference.h"
#include "read/image/platform.h"
#include "read/image/simple_sources.h"

namespace oakum::image {

namespace {

std::string all_tags(const std::vector<SavedImage>& images) {
  std::string list;
  for (std::size_t i = 0; i < images.size() && list.size() < 400; ++i) {
    const SavedImage& image = images[i];
    list += (list.empty() ? "" : ", ") +
            (image.tags.empty() ? "@" + std::to_string(i) : printable(image.tags.front(), 200));
  }
  return list;
}

bool is_wanted(const SavedImage& image, std::size_t index, std::string_view wanted) {
  if (wanted == "@" + std::to_string(index)) return true;
  return std::ranges::any_of(image.tags, [&](const std::string& tag) { return tag_matches(tag, wanted); });
}

// "HEX.json" and "blobs/sha256/HEX" are named by their digest.
std::string_view named_hex(std::string_view path) {
  path.remove_prefix(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  if (path.ends_with(".json")) path.remove_suffix(5);
  return path.size() == 64 ? path : std::string_view();
}

struct LoadedConfig {
  std::string json;
  ConfigFile file;
};

Result<LoadedConfig> load_config(const ArchiveIndex& archive, const SavedImage& saved) {
  const std::string place = archive.name() + ": " + printable(saved.config, 200);
  LoadedConfig config;
  OAKUM_TRY(config.json, archive.read(saved.config, kConfigLimit));
  if (const auto digest = Digest::parse("sha256:" + std::string(named_hex(saved.config)))) {
    OAKUM_CHECK(verify_digest(config.json, *digest, place));
  }
  OAKUM_TRY(config.file, parse_config(config.json, place));
  return config;
}

std::unexpected<Error> ambiguous(const ArchiveIndex& archive, const std::vector<SavedImage>& images) {
  return fail(ErrorCode::usage, archive.name(), "holds " + std::to_string(images.size()) + " images",
              "choose one as " + archive.name() + ":TAG of " + all_tags(images));
}

// The images that `wanted` names; several can share a tag when the archive holds several platforms.
std::vector<std::size_t> candidates(const std::vector<SavedImage>& images, std::string_view wanted) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (wanted.empty() || is_wanted(images[i], i, wanted)) found.push_back(i);
  }
  return found;
}

Result<std::size_t> choose(const ArchiveIndex& archive, const std::vector<SavedImage>& images, std::string_view wanted,
                           const PlatformChoice& choice) {
  auto found = candidates(images, wanted);
  if (found.empty() && images.empty())
    return fail(ErrorCode::not_found, archive.name(), "its manifest.json lists no image");
  if (found.empty()) {
    return fail(ErrorCode::not_found, archive.name(), "holds no image \"" + printable(wanted, 200) + "\"",
                "it has " + all_tags(images));
  }
  if (found.size() == 1) return found.front();
  std::vector<std::size_t> fitting;
  for (const std::size_t i : found) {
    const auto config = load_config(archive, images[i]);
    if (config && platform_rank(choice.platform, config->file.platform) > 0) fitting.push_back(i);
  }
  if (fitting.size() != 1) return ambiguous(archive, images);
  return fitting.front();
}

Result<std::vector<Layer>> read_layers(const ArchiveIndex& archive, const SavedImage& saved) {
  std::vector<Layer> layers;
  for (const std::string& path : saved.layers) {
    Layer layer;
    OAKUM_TRY(layer.size, archive.size(path));
    if (path.starts_with("blobs/sha256/")) {
      OAKUM_TRY(layer.blob, Digest::parse("sha256:" + path.substr(13)));
    }
    layers.push_back(std::move(layer));
  }
  return layers;
}

std::unexpected<Error> no_manifest(const ArchiveIndex& archive) {
  if (archive.contains("repositories")) {
    return fail(ErrorCode::unsupported, archive.name(), "saved by a docker older than 1.10, without manifest.json",
                "load it into a current docker and save it again");
  }
  return fail(ErrorCode::invalid, archive.name(), "not an image archive: it has neither manifest.json nor index.json",
              "an archive of a root file system has to be unpacked first");
}

}  // namespace

bool tag_matches(std::string_view tag, std::string_view wanted) {
  if (tag == wanted) return true;
  const auto has = net::parse_reference(tag);
  if (!has) return false;
  if (const auto full = net::parse_reference(wanted); full && full->name() == has->name()) {
    return full->tag == has->tag;
  }
  return has->tag == wanted;
}

Result<DockerArchive> read_docker_archive(const ArchiveIndex& archive, std::string_view wanted,
                                          const PlatformChoice& choice) {
  if (!archive.contains("manifest.json")) return no_manifest(archive);
  OAKUM_TRY(const std::string json, archive.read("manifest.json", kManifestLimit));
  OAKUM_TRY(const auto images, parse_saved_images(json, archive.name() + ": manifest.json"));
  OAKUM_TRY(const std::size_t index, choose(archive, images, wanted, choice));
  const SavedImage& saved = images[index];
  OAKUM_TRY(LoadedConfig config, load_config(archive, saved));
  OAKUM_CHECK(check_platform(config.file.platform, choice, archive.name()));
  OAKUM_TRY(std::vector<Layer> layers, read_layers(archive, saved));
  OAKUM_TRY(Image image, make_image(config.file, config.json, std::move(layers), archive.name()));
  image.tags = saved.tags;
  return DockerArchive{std::move(image), saved.layers};
}

Result<std::unique_ptr<ImageSource>> open_docker_archive(const std::shared_ptr<const ArchiveIndex>& archive,
                                                         std::string_view wanted, const PlatformChoice& choice) {
  OAKUM_TRY(DockerArchive read, read_docker_archive(*archive, wanted, choice));
  auto open = [archive, paths = std::move(read.layer_paths)](std::size_t index) { return archive->open(paths[index]); };
  return std::make_unique<StreamedImage>(std::move(read.image), std::move(open));
}

}  // namespace oakum::image
