// A tar archive, walked as its bytes come: v7, ustar (POSIX.1-1988), pax (POSIX.1-2001) and GNU, each with the others'
// extensions. Nothing is unpacked and nothing but names is copied; what is wanted is handed on in place.
//
// Where implementations differ it reads as Go's archive/tar does, because docker, containerd and podman do: the image
// that runs is the one that they unpack.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "read/image/path.h"

namespace oakum::image {

enum class TarType : std::uint8_t { file, hard_link, symlink, directory, other };

struct TarEntry {
  std::string_view path;  // normalised (path.h)
  std::string_view link;  // hard_link: normalised; symlink: as stated
  TarType type = TarType::file;
  std::uint64_t size = 0;  // of the file as it would be unpacked: holes of sparse files count
  std::uint32_t mode = 0;  // permission bits with set-uid, set-gid and sticky: 07777
  std::uint32_t uid = 0, gid = 0;
  bool capabilities = false;  // has file capabilities (the extended attribute security.capability)
};

// Views passed to it live until it returns.
class TarVisitor {
 public:
  virtual ~TarVisitor() = default;
  // For a file: whether its content is wanted. Then content() is called with its bytes in order (holes as zeros) and
  // end_of_content() once. An error ends the walk.
  virtual Result<bool> entry(const TarEntry& entry) = 0;
  virtual void content(std::string_view bytes) = 0;
  virtual Status end_of_content() = 0;
  // An entry was left out, and why; the walk goes on.
  virtual void skipped(Error error) = 0;
};

struct TarLimits {
  PathLimits path;
  std::uint64_t entries = 50'000'000;
  std::size_t header_bytes = 1 << 20;     // of one pax header or sparse map
  std::size_t sparse_segments = 1 << 16;  // of one file
};

// Fed in pieces of any size, by one thread at a time. After an error it must not be fed again.
class TarReader {
 public:
  TarReader(TarVisitor& visitor, const TarLimits& limits) : visitor_(visitor), limits_(limits) {}

  Status feed(std::string_view bytes);
  // After the last byte: an error when the archive stops inside an entry. Missing end-of-archive blocks are accepted.
  Status finish() const;

  std::uint64_t entries() const { return entries_; }

 private:
  static constexpr std::size_t kBlock = 512;
  enum class State : std::uint8_t { header, sparse_extension, sparse_map, body, padding, ended };
  enum class Body : std::uint8_t { skip, content, sparse_content, pax, pax_global, long_name, long_link };
  struct Segment {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };
  // What pax records state; the strings are empty and the numbers absent when they state nothing.
  struct Attributes {
    std::string path;
    std::string link;
    std::string sparse_name;
    std::int64_t size = -1;
    std::int64_t sparse_size = -1;
    std::int64_t uid = -1;
    std::int64_t gid = -1;
    bool capabilities = false;
    int sparse_major = -1;
    int sparse_minor = -1;
    bool sparse = false;
    std::vector<std::uint64_t> sparse_numbers;  // 0.x: offset, size, offset, size, …
  };

  void feed_block(std::string_view& bytes);
  Status block(const char* block);
  Status header(const char* block);
  Status member(const char* block, char type, std::uint64_t size);
  Status begin_meta(Body body, std::uint64_t size);
  Status end_meta();
  Status end_body();
  Status parse_pax(Attributes& out) const;
  Status pax_record(std::string_view key, std::string_view value, Attributes& out) const;
  Status announce();
  Status sparse_extension(const char* block);
  Status sparse_map(const char* block);
  Status gnu_sparse_fields(const char* fields, std::size_t count);
  Status add_segment(std::uint64_t offset, std::uint64_t size);
  Status check_segments();
  void body(std::string_view bytes);
  void sparse_body(std::string_view bytes);
  void zeros(std::uint64_t count);
  void start_body(Body body, std::uint64_t size);
  void name_entry(const char* block);
  void describe_entry(const char* block);
  std::unexpected<Error> bad(std::string why, ErrorCode code = ErrorCode::invalid) const;

  TarVisitor& visitor_;
  TarLimits limits_;
  State state_ = State::header;
  Body body_ = Body::skip;
  std::uint64_t position_ = 0;   // of the next byte, in the archive
  std::uint64_t remaining_ = 0;  // of the body
  std::size_t padding_ = 0;
  std::size_t zero_blocks_ = 0;
  std::uint64_t entries_ = 0;
  std::array<char, kBlock> staged_{};  // a block that came in pieces
  std::size_t staged_size_ = 0;
  std::string meta_;  // body of a pax or long-name entry; or a sparse map
  Attributes global_;
  Attributes local_;
  bool local_used_ = false;
  bool global_used_ = false;
  std::string gnu_name_;
  std::string gnu_link_;
  // The entry whose headers are being read.
  std::string name_;
  std::string link_;
  std::string name_buffer_;
  std::string link_buffer_;
  TarType type_ = TarType::file;
  std::uint32_t mode_ = 0;
  std::uint32_t uid_ = 0;
  std::uint32_t gid_ = 0;
  bool capabilities_ = false;
  std::uint64_t stored_size_ = 0;
  std::uint64_t real_size_ = 0;
  std::vector<Segment> segments_;
  std::size_t segment_ = 0;
  std::uint64_t file_position_ = 0;
  std::size_t map_lines_ = 0;
  std::size_t map_lines_needed_ = 0;
};

}  // namespace oakum::image
