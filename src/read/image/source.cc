#include "read/image/source.h"

#include <array>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "net/reference.h"
#include "read/image/archive_index.h"
#include "read/image/containers_storage.h"
#include "read/image/decompress.h"
#include "read/image/docker_archive.h"
#include "read/image/engine.h"
#include "read/image/oci_layout.h"
#include "read/image/overlay2.h"
#include "read/image/registry.h"
#include "read/image/rootfs.h"
#include "read/image/spool.h"
#include "read/image/target.h"

namespace oakum::image {

namespace {

using Opened = Result<std::unique_ptr<ImageSource>>;

class FdStream final : public ByteStream {
 public:
  FdStream(std::shared_ptr<const Fd> fd, std::string name) : fd_(std::move(fd)), name_(std::move(name)) {}
  Result<std::size_t> read(std::span<char> out) override {
    for (;;) {
      const ssize_t n = ::read(fd_->get(), out.data(), out.size());
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno != EINTR) return fail_errno(errno, name_, "read");
    }
  }

 private:
  std::shared_ptr<const Fd> fd_;
  std::string name_;
};

// The archive itself where it can be read in any order; a copy of it where it is compressed, or comes through a pipe.
Result<std::shared_ptr<const ArchiveIndex>> index_archive(Fd opened, const std::string& name) {
  auto fd = std::make_shared<const Fd>(std::move(opened));
  std::array<char, 6> magic{};
  const auto n = read_at(fd->get(), magic, 0, name);  // fails for a pipe
  const auto compression = n ? detect_compression(std::string_view(magic.data(), *n)) : Compression::unknown;
  if (compression != Compression::none) {
    FdStream stream(fd, name);
    OAKUM_TRY(fd, spool(stream, kSpoolLimit, name));
  }
  OAKUM_TRY(ArchiveIndex index, ArchiveIndex::read(std::move(fd), name));
  return std::make_shared<const ArchiveIndex>(std::move(index));
}

Result<std::shared_ptr<const ArchiveIndex>> open_archive_file(const std::string& path) {
  if (path == "-") return index_archive(Fd(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)), "standard input");
  if (is_directory(path)) return fail(ErrorCode::usage, path, "a directory, not an archive");
  OAKUM_TRY(Fd fd, open_file(path, O_RDONLY));
  return index_archive(std::move(fd), path);
}

Opened open_archive(const PathTarget& target, Scheme scheme, const PlatformChoice& choice) {
  OAKUM_TRY(auto archive, open_archive_file(target.path));
  const bool layout = archive->contains("index.json") && archive->contains("oci-layout");
  const bool as_oci = scheme == Scheme::oci_archive ||
                      (scheme != Scheme::docker_archive && !archive->contains("manifest.json") && layout);
  if (!as_oci) return open_docker_archive(archive, target.wanted, choice);
  if (!layout) return fail(ErrorCode::invalid, target.path, "no OCI archive: it has no oci-layout and index.json");
  return open_oci_layout(layout_in_archive(std::move(archive)), target.wanted, choice);
}

bool is_oci_directory(const std::string& path) {
  return path_exists(path + "/index.json") && path_exists(path + "/oci-layout");
}

Opened open_oci_directory(const PathTarget& target, const PlatformChoice& choice) {
  if (!is_directory(target.path)) return fail(ErrorCode::not_found, target.path, "no such directory");
  if (!path_exists(target.path + "/index.json"))
    return fail(ErrorCode::invalid, target.path, "no OCI layout: it has no index.json");
  return open_oci_layout(layout_in_directory(target.path), target.wanted, choice);
}

Opened open_docker(std::string_view name, const SourceOptions& options, const PlatformChoice& choice) {
  EngineEnvironment environment = EngineEnvironment::of_process();
  if (!options.docker_host.empty()) environment.docker_host = options.docker_host;
  OAKUM_TRY(const EngineAddress address, docker_address(environment));
  return open_engine(address, name, choice);
}

// Several places, one after the other; the first that has the image, or all that they said.
class Attempts {
 public:
  bool failed(const char* place, const Opened& opened) {
    if (opened) return false;
    said_ += (said_.empty() ? "" : ", ") + std::string(place) + " (" + opened.error().message() + ")";
    worst_ = opened.error().code;
    return true;
  }
  std::unexpected<Error> error(std::string_view name, std::string todo) const {
    return fail(worst_, printable(name, 300), "found in none of these: " + said_, std::move(todo));
  }

 private:
  std::string said_;
  ErrorCode worst_ = ErrorCode::not_found;
};

Opened open_podman(std::string_view name, const PlatformChoice& choice) {
  OAKUM_TRY(const auto addresses, podman_addresses(EngineEnvironment::of_process()));
  std::optional<Error> first;
  for (const EngineAddress& address : addresses) {
    auto opened = open_engine(address, name, choice);
    if (opened) return opened;
    // A socket that is not there says less than one that lacks the image.
    if (!first || (first->code == ErrorCode::network && opened.error().code != ErrorCode::network))
      first = std::move(opened.error());
  }
  return std::unexpected(std::move(*first));
}

Opened open_storage(std::string_view text, const PlatformChoice& choice) {
  OAKUM_TRY(const StorageTarget target, split_storage(text));
  if (!target.root.empty()) return open_containers_storage(target.root, target.name, choice);
  std::optional<Error> last;
  for (const std::string& root : containers_storage_roots()) {
    auto opened = open_containers_storage(root, target.name, choice);
    if (opened) return opened;
    if (!last || path_exists(root)) last = std::move(opened.error());
  }
  return std::unexpected(std::move(*last));
}

Opened open_overlay(std::string_view text, const PlatformChoice& choice) {
  OAKUM_TRY(const StorageTarget target, split_storage(text));
  return open_overlay2(target.root.empty() ? docker_data_root() : target.root, target.name, choice);
}

Opened open_remote(std::string_view name, const SourceOptions& options, const PlatformChoice& choice) {
  OAKUM_TRY(const net::Reference reference, net::parse_reference(name));
  return open_registry(reference, options, choice);
}

// A scheme's name can be an image's too ("registry:2"): whoever meant that one is told how to say so.
Opened hint_at_image(Opened opened, std::string_view typed) {
  const auto colon = typed.find(':');
  const bool single = typed.find('/') == std::string_view::npos;
  if (opened || !opened.error().todo.empty() || !single || !net::parse_reference(typed)) return opened;
  opened.error().todo = "for the image of that name write docker.io/library/" + std::string(typed.substr(0, colon)) +
                        std::string(typed.substr(colon));
  return opened;
}

Opened open_name(const std::string& name, const SourceOptions& options, const PlatformChoice& choice) {
  if (as_image_id(name).empty()) OAKUM_CHECK(net::parse_reference(name));
  Attempts attempts;
  Opened opened = open_docker(name, options, choice);
  if (!attempts.failed("docker daemon", opened)) return opened;
  opened = open_podman(name, choice);
  if (!attempts.failed("podman service", opened)) return opened;
  opened = open_storage(name, choice);
  if (!attempts.failed("podman storage", opened)) return opened;
  opened = open_overlay(name, choice);
  if (!attempts.failed("docker storage", opened)) return opened;
  opened = open_remote(name, options, choice);
  if (!attempts.failed("registry", opened)) return opened;
  return attempts.error(name, {});
}

// An absolute or dotted path, or the name of an archive: not a name that a registry could know.
bool is_meant_as_path(std::string_view text) {
  for (const std::string_view start : {"/", "./", "../", "~"}) {
    if (text.starts_with(start)) return true;
  }
  if (text == "." || text == "..") return true;
  for (const std::string_view end : {".tar", ".tar.gz", ".tgz", ".tar.zst", "/"}) {
    if (text.ends_with(end)) return true;
  }
  return false;
}

Opened open_unforced(const std::string& text, const SourceOptions& options, const PlatformChoice& choice) {
  const PathTarget target = split_path(text);
  const bool exists = text == "-" || path_exists(target.path);
  if (!exists && is_meant_as_path(text))
    return fail(ErrorCode::not_found, printable(text, 300), "no such file or directory");
  if (!exists) return open_name(text, options, choice);
  if (!is_directory(target.path)) return open_archive(target, Scheme::archive, choice);
  if (is_oci_directory(target.path)) return open_oci_directory(target, choice);
  // A directory that merely has an image's name ("nginx" in a checkout) does not hide the image.
  const bool hidden = !is_meant_as_path(text) && !looks_like_rootfs(target.path) && net::parse_reference(text);
  if (hidden || !target.wanted.empty()) return open_name(text, options, choice);
  return open_rootfs(target.path);
}

}  // namespace

Result<std::unique_ptr<ImageSource>> open_source(std::string_view typed, const SourceOptions& options) {
  OAKUM_TRY(const PlatformChoice choice, platform_choice(options.platform));
  OAKUM_TRY(const Target target, parse_target(typed));
  switch (target.scheme) {
    case Scheme::none:
      return open_unforced(target.rest, options, choice);
    case Scheme::docker_archive:
    case Scheme::oci_archive:
    case Scheme::archive:
      return open_archive(split_path(target.rest), target.scheme, choice);
    case Scheme::oci_directory:
      return open_oci_directory(split_path(target.rest), choice);
    case Scheme::rootfs:
      return open_rootfs(target.rest);
    case Scheme::registry:
      return hint_at_image(open_remote(target.rest, options, choice), typed);
    case Scheme::docker:
      return hint_at_image(open_docker(target.rest, options, choice), typed);
    case Scheme::podman:
      return open_podman(target.rest, choice);
    case Scheme::containers_storage:
      return open_storage(target.rest, choice);
    case Scheme::overlay2:
      return open_overlay(target.rest, choice);
  }
  return fail(ErrorCode::internal, printable(typed, 300), "unknown scheme");
}

}  // namespace oakum::image
