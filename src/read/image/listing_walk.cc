#include "read/image/listing_walk.h"

#include <array>
#include <cerrno>
#include <memory>
#include <set>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include "base/fd.h"
#include "base/text.h"
#include "read/image/path.h"

namespace oakum::image {

namespace {

constexpr std::size_t kMaxEntries = 4'000'000;
constexpr const char* kOpaqueAttributes[] = {"trusted.overlay.opaque", "user.overlay.opaque",
                                             "user.fuseoverlayfs.opaque"};

struct DirectoryCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

class Walk {
 public:
  Walk(bool overlay, const Limits& limits) : overlay_(overlay), limits_(limits) {}

  Result<LayerListing> run(Fd top) {
    struct stat status{};
    if (::fstat(top.get(), &status) != 0) return fail_errno(errno, "/", "look at");
    device_ = status.st_dev;
    OAKUM_CHECK(enter(std::move(top), ""));
    while (!stack_.empty()) {
      errno = 0;
      const dirent* entry = ::readdir(stack_.back().stream.get());
      if (entry == nullptr) {
        if (errno != 0) return fail_errno(errno, printable(stack_.back().path, 256), "read");
        stack_.pop_back();
        continue;
      }
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      OAKUM_CHECK(visit(::dirfd(stack_.back().stream.get()), entry->d_name, join_path(stack_.back().path, name)));
    }
    return std::move(listing_);
  }

 private:
  struct Level {
    std::unique_ptr<DIR, DirectoryCloser> stream;
    std::string path;
  };

  Status enter(Fd directory, const std::string& path) {
    for (const char* name : kOpaqueAttributes) {
      std::array<char, 4> value{};
      const bool set = overlay_ && ::fgetxattr(directory.get(), name, value.data(), value.size()) == 1;
      if (set && value[0] == 'y') listing_.opaque.push_back(path);
    }
    std::unique_ptr<DIR, DirectoryCloser> stream(::fdopendir(directory.get()));
    if (stream == nullptr) return fail_errno(errno, printable(path, 256), "read");
    static_cast<void>(directory.release());
    stack_.push_back({std::move(stream), path});
    return {};
  }

  Status visit(int parent, const char* name, const std::string& path) {
    if (listing_.entries.size() == kMaxEntries)
      return fail(ErrorCode::limit, "", "has more than " + with_thousands(kMaxEntries) + " entries");
    struct stat status{};
    if (::fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno == ENOENT) return {};  // gone between two calls
      return fail_errno(errno, printable(path, 256), "look at");
    }
    if (overlay_ && S_ISCHR(status.st_mode) && ::major(status.st_rdev) == 0 && ::minor(status.st_rdev) == 0) {
      listing_.whiteouts.push_back(path);
      return {};
    }
    ListedEntry entry{.path = path, .mode = status.st_mode & 07777U, .uid = status.st_uid, .gid = status.st_gid};
    entry.type = S_ISREG(status.st_mode)   ? TarType::file
                 : S_ISDIR(status.st_mode) ? TarType::directory
                 : S_ISLNK(status.st_mode) ? TarType::symlink
                                           : TarType::other;
    if (entry.type == TarType::file) OAKUM_CHECK(look_at_file(parent, name, status, entry));
    listing_.entries.push_back(std::move(entry));
    // Other file systems (proc, sys, a volume) are not part of the tree.
    const bool inside = S_ISDIR(status.st_mode) && status.st_dev == device_;
    return inside ? descend(parent, name, path) : Status();
  }

  // A file with several names counts once, as in an archive.
  Status look_at_file(int parent, const char* name, const struct stat& status, ListedEntry& entry) {
    const bool repeated = status.st_nlink > 1 && !seen_.emplace(status.st_dev, status.st_ino).second;
    entry.type = repeated ? TarType::hard_link : TarType::file;
    if (!repeated) entry.size = static_cast<std::uint64_t>(status.st_size);
    const bool wanted = !repeated && is_listed_text(entry.path, entry.size) && (kept_ += entry.size) <= kListedBytes;
    const bool program = (status.st_mode & 0111U) != 0;
    if (!wanted && !program) return {};
    // Not blocking: between the two calls it may have become a pipe.
    const Fd fd(::openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!fd) return errno == ENOENT ? Status() : fail_errno(errno, printable(entry.path, 256), "open");
    entry.capabilities = ::fgetxattr(fd.get(), "security.capability", nullptr, 0) > 0;
    if (!wanted) return {};
    std::string text(static_cast<std::size_t>(entry.size), '\0');
    OAKUM_TRY(const std::size_t size, read_at(fd.get(), text, 0, entry.path));
    text.resize(size);
    listing_.texts.push_back({entry.path, std::move(text)});
    return {};
  }

  Status descend(int parent, const char* name, const std::string& path) {
    if (stack_.size() >= limits_.path_depth)
      return fail(ErrorCode::limit, printable(path, 256), "its path is too deep");
    Fd fd(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd) return fail_errno(errno, printable(path, 256), "open");
    return enter(std::move(fd), path);
  }

  bool overlay_;
  const Limits& limits_;
  dev_t device_ = 0;
  LayerListing listing_;
  std::uint64_t kept_ = 0;
  std::vector<Level> stack_;
  std::set<std::pair<dev_t, ino_t>> seen_;
};

}  // namespace

Result<LayerListing> list_directory(const ImageSource::Directory& directory, const Limits& limits) {
  OAKUM_TRY(Fd top, open_file(directory.path, O_RDONLY | O_DIRECTORY));
  return Walk(directory.overlay, limits).run(std::move(top));
}

}  // namespace oakum::image
