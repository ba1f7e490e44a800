#include "read/image/directory_walk.h"

#include <array>
#include <cerrno>
#include <memory>
#include <vector>

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

// Kernel: Documentation/filesystems/overlayfs.rst, "whiteouts and opaque directories"; rootless mounts use the user.
// name, and fuse-overlayfs its own.
constexpr const char* kOpaqueAttributes[] = {"trusted.overlay.opaque", "user.overlay.opaque",
                                             "user.fuseoverlayfs.opaque"};
constexpr std::string_view kWhiteout = ".wh.";
constexpr std::string_view kOpaque = ".wh..wh..opq";

struct DirectoryCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};
using DirectoryStream = std::unique_ptr<DIR, DirectoryCloser>;

bool is_opaque(int directory) {
  for (const char* name : kOpaqueAttributes) {
    std::array<char, 4> value{};
    if (::fgetxattr(directory, name, value.data(), value.size()) == 1 && value[0] == 'y') return true;
  }
  return false;
}

class Walk {
 public:
  Walk(bool overlay, const WantedPaths& wanted, const Limits& limits)
      : overlay_(overlay),
        wanted_(wanted),
        limits_(limits),
        builder_(wanted, BuildLimits{.captured_bytes = limits.captured_bytes}) {}

  Result<DirectoryFindings> run(Fd top) {
    OAKUM_CHECK(enter(std::move(top), ""));
    while (!stack_.empty()) {
      Level& level = stack_.back();
      errno = 0;
      const dirent* entry = ::readdir(level.stream.get());
      if (entry == nullptr) {
        if (errno != 0) failed(level.path, errno, "read");
        stack_.pop_back();
        continue;
      }
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (++entries_ > limits_.entries) {
        return fail(ErrorCode::limit, "", "has more than " + with_thousands(limits_.entries) + " entries");
      }
      OAKUM_CHECK(visit(::dirfd(level.stream.get()), entry->d_name, join_path(level.path, name)));
    }
    return DirectoryFindings{.findings = builder_.finish(entries_), .complete = complete_};
  }

 private:
  struct Level {
    DirectoryStream stream;
    std::string path;
  };

  void failed(const std::string& path, int error_number, std::string_view doing) {
    // A file that went away between two calls is no fault of anybody's.
    if (error_number == ENOENT) return;
    complete_ = false;
    builder_.error(fail_errno(error_number, path.empty() ? "/" : printable(path, 256), doing).error());
  }

  Status enter(Fd directory, const std::string& path) {
    if (overlay_ && is_opaque(directory.get())) OAKUM_CHECK(builder_.opaque(path));
    DirectoryStream stream(::fdopendir(directory.get()));
    if (stream == nullptr) {
      failed(path, errno, "read");
      return {};
    }
    static_cast<void>(directory.release());
    stack_.push_back({.stream = std::move(stream), .path = path});
    return {};
  }

  Status visit(int parent, const char* name, const std::string& path) {
    if (path.size() > limits_.path_bytes || !(wanted_.relevant(path) || overlay_)) return {};
    if (overlay_ && std::string_view(name).starts_with(kWhiteout)) {
      if (name == kOpaque) return builder_.opaque(parent_of(path));
      return builder_.whiteout(join_path(parent_of(path), std::string_view(name).substr(kWhiteout.size())));
    }
    struct stat status{};
    if (::fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      failed(path, errno, "look at");
      return {};
    }
    switch (status.st_mode & S_IFMT) {
      case S_IFDIR:
        return directory(parent, name, path);
      case S_IFREG:
        return file(parent, name, path, status);
      case S_IFLNK:
        return symlink(parent, name, path);
      case S_IFCHR:
        if (overlay_ && ::major(status.st_rdev) == 0 && ::minor(status.st_rdev) == 0) return builder_.whiteout(path);
        return builder_.other(path);
      default:
        return builder_.other(path);
    }
  }

  Status directory(int parent, const char* name, const std::string& path) {
    OAKUM_CHECK(builder_.directory(path));
    if (!wanted_.may_hold(path)) return {};
    if (stack_.size() >= limits_.path_depth) {
      builder_.error(
          Error{.code = ErrorCode::limit, .what = printable(path, 256), .why = "its path is too deep", .todo = {}});
      complete_ = false;
      return {};
    }
    Fd fd(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd) {
      failed(path, errno, "open");
      return {};
    }
    return enter(std::move(fd), path);
  }

  Status symlink(int parent, const char* name, const std::string& path) {
    std::string target(limits_.path_bytes, '\0');
    const ssize_t n = ::readlinkat(parent, name, target.data(), target.size());
    if (n < 0) {
      failed(path, errno, "read");
      return {};
    }
    target.resize(static_cast<std::size_t>(n));
    return builder_.symlink(path, target);
  }

  Status file(int parent, const char* name, const std::string& path, const struct stat& status) {
    const auto size = static_cast<std::uint64_t>(status.st_size);
    OAKUM_TRY(const bool wanted, builder_.file(path, size));
    if (!wanted) return {};
    // Not blocking: between the two calls it may have become a pipe.
    const Fd fd(::openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat opened{};
    if (!fd || ::fstat(fd.get(), &opened) != 0) {
      failed(path, errno, "open");
      return {};
    }
    if (!S_ISREG(opened.st_mode)) return {};
    // At most the size that was agreed: a live system's files may grow meanwhile.
    std::string bytes(static_cast<std::size_t>(size), '\0');
    auto n = read_at(fd.get(), bytes, 0, path);
    if (!n) {
      complete_ = false;
      builder_.error(std::move(n.error()));
      return {};
    }
    bytes.resize(*n);
    return builder_.captured(bytes);
  }

  bool overlay_;
  const WantedPaths& wanted_;
  const Limits& limits_;
  LayerBuilder builder_;
  std::vector<Level> stack_;
  std::uint64_t entries_ = 0;
  bool complete_ = true;
};

}  // namespace

Result<DirectoryFindings> walk_directory(const ImageSource::Directory& directory, const WantedPaths& wanted,
                                         const Limits& limits) {
  OAKUM_TRY(Fd top, open_file(directory.path, O_RDONLY | O_DIRECTORY));
  return Walk(directory.overlay, wanted, limits).run(std::move(top));
}

}  // namespace oakum::image
