#include "base/fd.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace oakum {

void Fd::reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Result<Fd> open_file(const std::string& path, int flags, unsigned mode) {
  int fd;
  do fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  while (fd < 0 && errno == EINTR);
  if (fd < 0) return fail_errno(errno, path, "open");
  return Fd(fd);
}

Result<std::size_t> read_at(int fd, std::span<char> out, std::uint64_t offset, std::string_view name) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t n = ::pread(fd, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
    if (n < 0) {
      if (errno == EINTR) continue;
      return fail_errno(errno, std::string(name), "read");
    }
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

Status write_all(int fd, std::string_view bytes, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return fail_errno(errno, std::string(name), "write");
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Result<std::uint64_t> file_size(int fd, std::string_view name) {
  struct stat status{};
  if (::fstat(fd, &status) != 0) return fail_errno(errno, std::string(name), "stat");
  return static_cast<std::uint64_t>(status.st_size);
}

Result<std::string> read_file(const std::string& path, std::uint64_t limit) {
  // Opening a pipe waits for a writer that may never come. What the shell hands over (/dev/stdin, /dev/fd/63) has one.
  const bool handed_over = path.starts_with("/dev/") || path.starts_with("/proc/");
  OAKUM_TRY(Fd fd, open_file(path, handed_over ? O_RDONLY : O_RDONLY | O_NONBLOCK));
  struct stat status{};
  const bool known = ::fstat(fd.get(), &status) == 0;
  if (known && S_ISFIFO(status.st_mode) && !handed_over)
    return fail(ErrorCode::unsupported, path, "is a named pipe", "name a file");
  constexpr std::size_t kChunk = 64 * 1024;
  // A byte more than the file says it has, so that its end shows in one reading: most files are small and many.
  std::size_t step = kChunk, size = 0;
  if (known && S_ISREG(status.st_mode) && status.st_size > 0) {
    size = static_cast<std::size_t>(status.st_size);
    step = static_cast<std::size_t>(std::min<std::uint64_t>(size, limit)) + 1;
  }
  std::string content;
  for (;;) {
    const std::size_t old = content.size();
    content.resize(old + step);
    const ssize_t n = ::read(fd.get(), content.data() + old, step);
    content.resize(old + static_cast<std::size_t>(n > 0 ? n : 0));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail_errno(errno, path, "read");
    if (n == 0) return content;
    if (content.size() > limit) {
      return fail(ErrorCode::limit, path, "larger than the limit of " + std::to_string(limit) + " bytes");
    }
    if (static_cast<std::size_t>(n) < step && content.size() == size) return content;
    if (static_cast<std::size_t>(n) == step) step = kChunk;  // it grew, or is none of a known size
  }
}

Status write_file_atomically(const std::string& path, std::string_view bytes, unsigned mode) {
  std::string temporary = path + ".XXXXXX";
  Fd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd) return fail_errno(errno, path, "create a temporary file beside it");
  Status status = write_all(fd.get(), bytes, temporary);
  if (status && ::fchmod(fd.get(), mode) != 0) status = fail_errno(errno, temporary, "set the mode");
  if (status && ::fsync(fd.get()) != 0) status = fail_errno(errno, temporary, "sync");
  if (status && ::rename(temporary.c_str(), path.c_str()) != 0) status = fail_errno(errno, path, "replace");
  if (!status) ::unlink(temporary.c_str());
  return status;
}

Status make_directories(const std::string& path, unsigned mode) {
  for (std::size_t slash = 1; slash != std::string::npos;) {
    slash = path.find('/', slash);
    const std::string part = path.substr(0, slash);
    if (::mkdir(part.c_str(), mode) != 0 && errno != EEXIST && !is_directory(part)) {
      return fail_errno(errno, part, "create the directory");
    }
    if (slash != std::string::npos) ++slash;
  }
  if (!is_directory(path)) return fail(ErrorCode::io, path, "is not a directory");
  return {};
}

bool path_exists(const std::string& path) {
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0;
}

bool is_directory(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Result<MappedFile> MappedFile::open(const std::string& path) {
  OAKUM_TRY(Fd fd, open_file(path, O_RDONLY));
  OAKUM_TRY(const std::uint64_t size, file_size(fd.get(), path));
  if (size == 0) return MappedFile(nullptr, 0);
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd.get(), 0);
  if (data == MAP_FAILED) return fail_errno(errno, path, "map");
  return MappedFile(data, size);
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

Result<TemporaryDirectory> TemporaryDirectory::create(std::string_view prefix, const std::string& parent) {
  std::string base = parent;
  if (base.empty()) {
    const char* env = std::getenv("TMPDIR");
    base = env != nullptr && *env != '\0' ? env : "/tmp";
  }
  std::string path = base + "/" + std::string(prefix) + ".XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) return fail_errno(errno, base, "create a temporary directory in it");
  return TemporaryDirectory(std::move(path));
}

TemporaryDirectory::~TemporaryDirectory() {
  if (path_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace oakum
