// Files below a directory that is taken for the root of another system: no path and no symlink leads out of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/fd.h"

namespace oakum::packages {

// Resolves every path with openat2(2) and RESOLVE_IN_ROOT: absolute symlinks and ".." stay below the root, as they
// would after chroot(2). One thread at a time.
class RootDirectory {
 public:
  // Fails where the kernel has no openat2 (before Linux 5.6): nothing else is as safe.
  static Result<RootDirectory> open(const std::string& path);

  // nullopt when there is no such file. `path` is relative. A file that was opened before under another name (through a
  // symlink) is not given a second time. Anything but a regular file, and more than `limit` bytes, is an error.
  Result<std::optional<std::string>> read(const std::string& path, std::uint64_t limit);

  // Names in a directory, sorted; none when there is no such directory.
  Result<std::vector<std::string>> list(const std::string& path) const;

 private:
  explicit RootDirectory(Fd root) : root_(std::move(root)) {}
  Result<Fd> open_below(const std::string& path, std::uint64_t flags) const;  // an empty Fd when there is none

  struct Identity {
    std::uint64_t device;
    std::uint64_t inode;
    bool operator==(const Identity&) const = default;
    auto operator<=>(const Identity&) const = default;
  };

  Fd root_;
  std::vector<Identity> seen_;  // sorted
};

}  // namespace oakum::packages
