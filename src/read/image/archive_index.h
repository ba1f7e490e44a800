// Where the files of a tar archive lie, so that they can be read in any order and several at once. For the archives
// that hold images (`docker save`, oci-archive): few and large entries. Layers themselves are walked by tar.h.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/fd.h"
#include "base/stream.h"

namespace oakum::image {

class ArchiveIndex {
 public:
  // Reads all headers of the archive in `fd`, which is kept open as long as the index or a stream of it lives. `name`
  // names the archive in errors. At most 100,000 entries.
  static Result<ArchiveIndex> read(std::shared_ptr<const Fd> fd, std::string name);

  // Paths are as in the archive without "./" in front. Symbolic and hard links inside the archive are followed.
  bool contains(std::string_view path) const { return find(path) != nullptr; }
  Result<std::uint64_t> size(std::string_view path) const;
  Result<std::string> read(std::string_view path, std::size_t limit) const;
  Result<std::unique_ptr<ByteStream>> open(std::string_view path) const;
  const std::string& name() const { return name_; }

 private:
  struct Entry {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    bool is_file = false;
    std::string link;  // path inside the archive; empty: no link
  };

  ArchiveIndex(std::shared_ptr<const Fd> fd, std::string name) : fd_(std::move(fd)), name_(std::move(name)) {}
  const Entry* find(std::string_view path) const;
  Result<const Entry*> require(std::string_view path) const;
  Status scan();

  std::shared_ptr<const Fd> fd_;
  std::string name_;
  std::map<std::string, Entry, std::less<>> entries_;
};

// `size` bytes of a file from `offset`; a file that ends before is an error.
std::unique_ptr<ByteStream> open_file_region(std::shared_ptr<const Fd> fd, std::uint64_t offset, std::uint64_t size,
                                             std::string name);

}  // namespace oakum::image
