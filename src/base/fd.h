// Owner of a file descriptor, and the file operations that everything else is made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace oakum {

// Move-only; closes on destruction. Every descriptor oakum opens is O_CLOEXEC.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset();

 private:
  int fd_ = -1;
};

// open(2) with O_CLOEXEC added; EINTR is retried. `path` names the thing in the error.
Result<Fd> open_file(const std::string& path, int flags, unsigned mode = 0666);

// Up to out.size() bytes at `offset`; fewer only at the end of the file. EINTR and short reads are handled.
Result<std::size_t> read_at(int fd, std::span<char> out, std::uint64_t offset, std::string_view name);

Status write_all(int fd, std::string_view bytes, std::string_view name);

Result<std::uint64_t> file_size(int fd, std::string_view name);

// The whole file; an error of code `limit` beyond `limit` bytes. Works for /proc, "/dev/stdin" and what a shell hands
// over as /dev/fd/N too; a named pipe is refused, as its writer may never come.
Result<std::string> read_file(const std::string& path, std::uint64_t limit);

// Writes beside `path`, syncs, renames over it: readers see the old bytes or the new ones, whenever it is killed.
Status write_file_atomically(const std::string& path, std::string_view bytes, unsigned mode = 0644);

// mkdir -p; existing directories are fine.
Status make_directories(const std::string& path, unsigned mode = 0755);

bool path_exists(const std::string& path);
bool is_directory(const std::string& path);

// A file mapped read-only for as long as the object lives; an empty file maps to an empty view.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  MappedFile(void* data, std::size_t size) : data_(data), size_(size) {}
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

// A private directory that is removed with all it holds.
class TemporaryDirectory {
 public:
  static Result<TemporaryDirectory> create(std::string_view prefix, const std::string& parent = {});
  TemporaryDirectory(TemporaryDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;
  ~TemporaryDirectory();
  const std::string& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace oakum
