// Reading the files that feeds come in: plain or compressed documents, and archives of many, one member at a time.
//
// Bytes handed out are followed by kPadding readable zero bytes, so that simdjson can parse them where they lie.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum::advisories {

inline constexpr std::size_t kPadding = 64;

struct ArchiveLimits {
  std::uint64_t member_bytes = 256ull << 20;  // of one document, unpacked
  std::uint64_t total_bytes = 8ull << 30;     // of all that is unpacked of one file
  std::uint64_t members = 2'000'000;
  std::uint64_t ratio = 1000;  // unpacked to packed, once over kRatioFloor bytes are out
};
inline constexpr std::uint64_t kRatioFloor = 64ull << 20;

// A regular file of an archive. The views live until the visitor returns.
struct ArchiveMember {
  std::string_view name;   // as stored: "advisories/2024/x.json"
  std::string_view bytes;  // padded
};

// Whether a member is wanted, by its name; others are skipped without being kept.
using MemberFilter = std::function<bool(std::string_view name)>;
// An error ends the reading and is returned.
using MemberVisitor = std::function<Status(const ArchiveMember&)>;

// Calls `visit` for each wanted regular file of a zip, or a tar (plain, gzip, bzip2, xz, zstd), in the archive's order.
// `name` names the file in errors. A broken archive gives an error after the members before the break were visited.
Status read_archive(const std::string& disk, std::string_view name, const MemberFilter& wanted,
                    const MemberVisitor& visit, const ArchiveLimits& limits = {});
Status read_archive_bytes(std::string_view archive, std::string_view name, const MemberFilter& wanted,
                          const MemberVisitor& visit, const ArchiveLimits& limits = {});

// A whole document: plain, or gzip, bzip2, xz, zstd by its first bytes.
class Document {
 public:
  static Result<Document> read(const std::string& disk, std::string_view name, const ArchiveLimits& limits = {});
  static Result<Document> from_bytes(std::string_view bytes, std::string_view name, const ArchiveLimits& limits = {});
  // Padded; lives as long as the object.
  std::string_view bytes() const { return std::string_view(storage_).substr(0, size_); }
  // The same bytes for a parser that works in place.
  std::span<char> writable() { return {storage_.data(), size_}; }

 private:
  Document(std::string storage, std::size_t size) : storage_(std::move(storage)), size_(size) {}
  std::string storage_;
  std::size_t size_ = 0;
};

}  // namespace oakum::advisories
