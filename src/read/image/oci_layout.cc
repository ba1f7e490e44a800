#include "read/image/oci_layout.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/text.h"
#include "read/image/docker_archive.h"
#include "read/image/simple_sources.h"

namespace oakum::image {

namespace {

class DirectoryFiles final : public LayoutFiles {
 public:
  explicit DirectoryFiles(std::string directory) : directory_(std::move(directory)) {}

  Result<std::string> read(const std::string& path, std::size_t limit) const override {
    OAKUM_TRY(const auto stream, open(path));
    return read_all(*stream, limit, directory_ + "/" + path);
  }

  // O_NONBLOCK: a FIFO in the place of a blob must not hang the scan.
  Result<std::unique_ptr<ByteStream>> open(const std::string& path) const override {
    const std::string full = directory_ + "/" + path;
    OAKUM_TRY(Fd fd, open_file(full, O_RDONLY | O_NONBLOCK));
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0) return fail_errno(errno, full, "stat");
    if (!S_ISREG(status.st_mode)) return fail(ErrorCode::invalid, full, "not a regular file");
    return open_file_region(std::make_shared<const Fd>(std::move(fd)), 0, static_cast<std::uint64_t>(status.st_size),
                            full);
  }

  const std::string& name() const override { return directory_; }
  std::vector<std::string> reads() const override { return {directory_}; }

 private:
  std::string directory_;
};

class ArchiveFiles final : public LayoutFiles {
 public:
  explicit ArchiveFiles(std::shared_ptr<const ArchiveIndex> archive) : archive_(std::move(archive)) {}
  Result<std::string> read(const std::string& path, std::size_t limit) const override {
    return archive_->read(path, limit);
  }
  Result<std::unique_ptr<ByteStream>> open(const std::string& path) const override { return archive_->open(path); }
  const std::string& name() const override { return archive_->name(); }

 private:
  std::shared_ptr<const ArchiveIndex> archive_;
};

std::string blob_path(const Digest& digest) {
  return "blobs/" + std::string(digest.algorithm()) + "/" + std::string(digest.hex());
}

// The names that tools give an image in index.json: the spec's is a tag, containerd's and Docker's a full name.
std::vector<std::string> names_of(const Descriptor& descriptor) {
  std::vector<std::string> names;
  for (const char* key : {"io.containerd.image.name", "org.opencontainers.image.ref.name"}) {
    if (const auto found = descriptor.annotations.find(key); found != descriptor.annotations.end())
      names.push_back(found->second);
  }
  return names;
}

bool is_wanted(const Descriptor& descriptor, std::string_view wanted) {
  if (wanted == descriptor.digest.text() || (wanted.starts_with('@') && wanted.substr(1) == descriptor.digest.text()))
    return true;
  return std::ranges::any_of(names_of(descriptor), [&](const std::string& name) { return tag_matches(name, wanted); });
}

std::string list_names(const std::vector<Descriptor>& manifests) {
  std::string list;
  for (const Descriptor& manifest : manifests) {
    if (list.size() > 400) break;
    const auto names = names_of(manifest);
    list += (list.empty() ? "" : ", ") + (names.empty() ? manifest.digest.text() : printable(names.front(), 200));
  }
  return list;
}

Result<std::vector<Descriptor>> select(const LayoutFiles& files, std::vector<Descriptor> manifests,
                                       std::string_view wanted) {
  if (manifests.empty()) return fail(ErrorCode::not_found, files.name(), "its index.json lists no image");
  if (wanted.empty()) return manifests;
  std::vector<Descriptor> chosen;
  std::ranges::copy_if(manifests, std::back_inserter(chosen),
                       [&](const Descriptor& m) { return is_wanted(m, wanted); });
  if (!chosen.empty()) return chosen;
  return fail(ErrorCode::not_found, files.name(), "holds no image \"" + printable(wanted, 200) + "\"",
              "it has " + list_names(manifests));
}

// Several images of different names, none of them asked for.
Status check_ambiguity(const LayoutFiles& files, const std::vector<Descriptor>& manifests) {
  std::vector<std::string> names;
  for (const Descriptor& manifest : manifests) {
    for (std::string& name : names_of(manifest)) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
      break;
    }
  }
  const bool unnamed = manifests.size() > 1 && std::ranges::count_if(manifests, [](const Descriptor& manifest) {
                                                 return !manifest.platform && manifest.annotations.empty();
                                               }) > 1;
  if (names.size() < 2 && !unnamed) return {};
  return fail(ErrorCode::usage, files.name(), "holds " + std::to_string(manifests.size()) + " images",
              "choose one as " + files.name() + ":TAG of " + list_names(manifests));
}

Result<std::string> read_blob(const LayoutFiles& files, const Descriptor& descriptor, std::size_t limit) {
  OAKUM_TRY(std::string bytes, files.read(blob_path(descriptor.digest), limit));
  OAKUM_CHECK(verify_digest(bytes, descriptor.digest, files.name() + ": " + blob_path(descriptor.digest)));
  return bytes;
}

}  // namespace

std::shared_ptr<const LayoutFiles> layout_in_directory(std::string directory) {
  return std::make_shared<DirectoryFiles>(std::move(directory));
}

std::shared_ptr<const LayoutFiles> layout_in_archive(std::shared_ptr<const ArchiveIndex> archive) {
  return std::make_shared<ArchiveFiles>(std::move(archive));
}

Result<std::unique_ptr<ImageSource>> open_oci_layout(std::shared_ptr<const LayoutFiles> files, std::string_view wanted,
                                                     const PlatformChoice& choice) {
  const std::string& name = files->name();
  OAKUM_TRY(const std::string index_json, files->read("index.json", kManifestLimit));
  OAKUM_TRY(ManifestDocument document, parse_manifest(index_json, "", name + ": index.json"));
  auto* index = std::get_if<Index>(&document);
  if (index == nullptr) return fail(ErrorCode::invalid, name, "its index.json is no index");
  OAKUM_TRY(const auto manifests, select(*files, std::move(index->manifests), wanted));
  OAKUM_CHECK(check_ambiguity(*files, manifests));
  const FetchManifest fetch = [&](const Descriptor& descriptor) {
    return read_blob(*files, descriptor, kManifestLimit);
  };
  OAKUM_TRY(const Descriptor root, choose_manifest(manifests, choice, name));
  OAKUM_TRY(const std::string root_json, fetch(root));
  OAKUM_TRY(const ResolvedManifest resolved, resolve_manifest(root, root_json, choice, fetch, name));
  OAKUM_TRY(const std::string config_json, read_blob(*files, resolved.manifest.config, kConfigLimit));
  OAKUM_TRY(const ConfigFile config, parse_config(config_json, name + ": config"));
  OAKUM_CHECK(check_platform(config.platform, choice, name));
  OAKUM_TRY(Image image, make_image(config, config_json, layers_of(resolved.manifest), name));
  image.manifest = resolved.digest;
  image.tags = names_of(root);
  std::vector<std::string> paths;
  for (const Layer& layer : image.layers) paths.push_back(blob_path(layer.blob));
  auto open = [files, paths = std::move(paths)](std::size_t layer) { return files->open(paths[layer]); };
  return std::make_unique<StreamedImage>(std::move(image), std::move(open), false, files->reads());
}

}  // namespace oakum::image
