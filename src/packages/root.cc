#include "packages/root.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/text.h"

namespace oakum::packages {

namespace {

constexpr std::size_t kMaxEntries = 1'000'000;

int open_in_root(int root, const char* path, std::uint64_t flags) {
  open_how how{};
  how.flags = flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  for (;;) {
    const long fd = syscall(SYS_openat2, root, path, &how, sizeof how);
    // EAGAIN: something was renamed meanwhile and the kernel could not be sure (openat2(2)).
    if (fd >= 0 || (errno != EINTR && errno != EAGAIN)) return static_cast<int>(fd);
  }
}

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

}  // namespace

Result<RootDirectory> RootDirectory::open(const std::string& path) {
  OAKUM_TRY(Fd root, open_file(path, O_RDONLY | O_DIRECTORY));
  const Fd probe(open_in_root(root.get(), ".", O_RDONLY | O_DIRECTORY));
  if (!probe && errno == ENOSYS) {
    return fail(ErrorCode::unsupported, path, "this kernel has no openat2, without which links could lead out of it",
                "use Linux 5.6 or later");
  }
  if (!probe) return fail_errno(errno, path, "open");
  return RootDirectory(std::move(root));
}

Result<Fd> RootDirectory::open_below(const std::string& path, std::uint64_t flags) const {
  Fd fd(open_in_root(root_.get(), path.c_str(), flags));
  if (!fd && errno != ENOENT && errno != ENOTDIR) return fail_errno(errno, path, "open");
  return fd;
}

Result<std::optional<std::string>> RootDirectory::read(const std::string& path, std::uint64_t limit) {
  OAKUM_TRY(const Fd fd, open_below(path, O_RDONLY));
  if (!fd) return std::nullopt;
  struct stat status{};
  if (fstat(fd.get(), &status) != 0) return fail_errno(errno, path, "stat");
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::invalid, path, "not a regular file");
  const Identity identity{status.st_dev, status.st_ino};
  const auto at = std::ranges::lower_bound(seen_, identity);
  if (at != seen_.end() && *at == identity) return std::nullopt;
  seen_.insert(at, identity);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limit)
    return fail(ErrorCode::limit, path, "larger than the " + human_bytes(limit) + " that are read of it");
  std::string bytes(size, '\0');
  OAKUM_TRY(const std::size_t got, read_at(fd.get(), bytes, 0, path));
  bytes.resize(got);
  return bytes;
}

Result<std::vector<std::string>> RootDirectory::list(const std::string& path) const {
  std::vector<std::string> names;
  OAKUM_TRY(Fd fd, open_below(path, O_RDONLY | O_DIRECTORY));
  if (!fd) return names;
  const std::unique_ptr<DIR, CloseDirectory> directory(fdopendir(fd.get()));
  if (!directory) return fail_errno(errno, path, "read");
  fd.release();  // the stream closes it now
  errno = 0;
  while (const dirent* entry = readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (names.size() == kMaxEntries) {
      return fail(ErrorCode::limit, path, "more than " + with_thousands(kMaxEntries) + " entries");
    }
    names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) return fail_errno(errno, path, "read");
  std::ranges::sort(names);
  return names;
}

}  // namespace oakum::packages
