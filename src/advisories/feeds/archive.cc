#include "advisories/feeds/archive.h"

#include <algorithm>
#include <array>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

#include "base/fd.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

struct ArchiveFree {
  void operator()(archive* handle) const { archive_read_free(handle); }
};
using ArchiveHandle = std::unique_ptr<archive, ArchiveFree>;

enum class Layout : std::uint8_t { members, single };

// Filters and formats are enabled one by one: support_filter_all would also take those that run outside programs.
Result<ArchiveHandle> open_archive(std::string_view bytes, std::string_view name, Layout layout) {
  ArchiveHandle handle(archive_read_new());
  if (!handle) return fail(ErrorCode::limit, std::string(name), "no memory for the archive reader");
  archive* a = handle.get();
  bool ready = archive_read_support_filter_gzip(a) == ARCHIVE_OK &&
               archive_read_support_filter_bzip2(a) == ARCHIVE_OK && archive_read_support_filter_xz(a) == ARCHIVE_OK &&
               archive_read_support_filter_zstd(a) == ARCHIVE_OK;
  if (layout == Layout::members) {
    ready = ready && archive_read_support_format_tar(a) == ARCHIVE_OK &&
            archive_read_support_format_zip_seekable(a) == ARCHIVE_OK;
  } else {
    ready = ready && archive_read_support_format_raw(a) == ARCHIVE_OK;
  }
  if (!ready) {
    return fail(ErrorCode::unsupported, std::string(name), "this libarchive lacks gzip, bzip2, xz or zstd",
                "install a libarchive that is built with them");
  }
  if (archive_read_open_memory(a, bytes.data(), bytes.size()) != ARCHIVE_OK) {
    const char* why = archive_error_string(a);
    return fail(ErrorCode::invalid, std::string(name), why != nullptr ? printable(why, 200) : "not an archive");
  }
  return handle;
}

std::unexpected<Error> broken(archive* handle, std::string_view name) {
  const char* why = archive_error_string(handle);
  return fail(ErrorCode::invalid, std::string(name), why != nullptr ? printable(why, 200) : "the archive is damaged",
              "fetch the file again");
}

// Counts what comes out of one file and holds it to the limits.
class Meter {
 public:
  Meter(archive* handle, std::string_view name, const ArchiveLimits& limits, std::uint64_t packed)
      : handle_(handle), name_(name), limits_(limits), packed_(std::max<std::uint64_t>(packed, 1)) {}

  archive* handle() const { return handle_; }
  std::string_view name() const { return name_; }

  Status count_member() {
    if (++members_ <= limits_.members) return {};
    return fail(ErrorCode::limit, std::string(name_), "more than " + std::to_string(limits_.members) + " members");
  }

  Status count_bytes(std::uint64_t unpacked, std::uint64_t of_member, std::string_view member) {
    total_ += unpacked;
    if (of_member > limits_.member_bytes) {
      return fail(ErrorCode::limit, std::string(name_) + ": " + printable(member, 200),
                  "unpacks to more than " + human_bytes(limits_.member_bytes));
    }
    if (total_ > limits_.total_bytes) {
      return fail(ErrorCode::limit, std::string(name_), "unpacks to more than " + human_bytes(limits_.total_bytes));
    }
    if (total_ > kRatioFloor && total_ / packed_ > limits_.ratio) {
      return fail(ErrorCode::limit, std::string(name_),
                  "unpacks to more than " + std::to_string(limits_.ratio) + " times its size");
    }
    return {};
  }

 private:
  archive* handle_;
  std::string_view name_;
  ArchiveLimits limits_;
  std::uint64_t packed_;
  std::uint64_t total_ = 0;
  std::uint64_t members_ = 0;
};

// The data of the current member into `buffer`, which grows as needed and keeps its size for the next; returns the
// length. The bytes after it are zero up to kPadding.
Result<std::size_t> read_member(Meter& meter, std::string_view member, std::string& buffer) {
  constexpr std::size_t kStep = 64 << 10;
  std::size_t length = 0;
  while (true) {
    if (buffer.size() < length + kStep + kPadding) buffer.resize(std::max(length * 2, length + kStep) + kPadding);
    const la_ssize_t got = archive_read_data(meter.handle(), buffer.data() + length, buffer.size() - kPadding - length);
    if (got == 0) break;
    // A warning here is a checksum or length that does not hold: the data is not to be believed.
    if (got < 0) return broken(meter.handle(), std::string(meter.name()) + ": " + printable(member, 200));
    length += static_cast<std::size_t>(got);
    OAKUM_CHECK(meter.count_bytes(static_cast<std::uint64_t>(got), length, member));
  }
  std::fill_n(buffer.begin() + static_cast<std::ptrdiff_t>(length), kPadding, '\0');
  return length;
}

// The name in UTF-8 where libarchive can give it (that depends on the locale), else the bytes as stored.
std::string member_name(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  return name != nullptr ? name : "";
}

Status visit_members(Meter& meter, const MemberFilter& wanted, const MemberVisitor& visit) {
  std::string buffer;
  archive_entry* entry = nullptr;
  while (true) {
    const int got = archive_read_next_header(meter.handle(), &entry);
    if (got == ARCHIVE_EOF) return {};
    if (got != ARCHIVE_OK && got != ARCHIVE_WARN) return broken(meter.handle(), meter.name());
    OAKUM_CHECK(meter.count_member());
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) continue;
    const std::string name = member_name(entry);
    if (!wanted(name)) continue;
    OAKUM_TRY(const std::size_t length, read_member(meter, name, buffer));
    OAKUM_CHECK(visit(ArchiveMember{name, std::string_view(buffer).substr(0, length)}));
  }
}

bool is_compressed(std::string_view bytes) {
  constexpr std::array<std::string_view, 4> kMagic = {std::string_view("\x1f\x8b", 2), std::string_view("BZh", 3),
                                                      std::string_view("\xfd"
                                                                       "7zXZ",
                                                                       5),
                                                      std::string_view("\x28\xb5\x2f\xfd", 4)};
  return std::ranges::any_of(kMagic, [&](std::string_view magic) { return bytes.starts_with(magic); });
}

}  // namespace

Status read_archive_bytes(std::string_view archive, std::string_view name, const MemberFilter& wanted,
                          const MemberVisitor& visit, const ArchiveLimits& limits) {
  OAKUM_TRY(const ArchiveHandle handle, open_archive(archive, name, Layout::members));
  Meter meter(handle.get(), name, limits, archive.size());
  return visit_members(meter, wanted, visit);
}

Status read_archive(const std::string& disk, std::string_view name, const MemberFilter& wanted,
                    const MemberVisitor& visit, const ArchiveLimits& limits) {
  OAKUM_TRY(const MappedFile file, MappedFile::open(disk));
  return read_archive_bytes(file.bytes(), name, wanted, visit, limits);
}

Result<Document> Document::from_bytes(std::string_view bytes, std::string_view name, const ArchiveLimits& limits) {
  if (!is_compressed(bytes)) {
    if (bytes.size() > limits.member_bytes) {
      return fail(ErrorCode::limit, std::string(name), "is larger than " + human_bytes(limits.member_bytes));
    }
    std::string storage;
    storage.reserve(bytes.size() + kPadding);
    storage.append(bytes);
    storage.append(kPadding, '\0');
    return Document(std::move(storage), bytes.size());
  }
  OAKUM_TRY(const ArchiveHandle handle, open_archive(bytes, name, Layout::single));
  archive_entry* entry = nullptr;
  const int got = archive_read_next_header(handle.get(), &entry);
  // libarchive's raw format sees an end where the compressed document is empty.
  if (got == ARCHIVE_EOF) return Document(std::string(kPadding, '\0'), 0);
  if (got != ARCHIVE_OK && got != ARCHIVE_WARN) return broken(handle.get(), name);
  Meter meter(handle.get(), name, limits, bytes.size());
  std::string storage;
  OAKUM_TRY(const std::size_t length, read_member(meter, name, storage));
  return Document(std::move(storage), length);
}

Result<Document> Document::read(const std::string& disk, std::string_view name, const ArchiveLimits& limits) {
  OAKUM_TRY(const MappedFile file, MappedFile::open(disk));
  return from_bytes(file.bytes(), name, limits);
}

}  // namespace oakum::advisories
