// Berkeley DB's hash access method (dbinc/db_page.h of Berkeley DB 4 and 5), as rpm up to 4.16 kept `Packages`: key a
// 4-byte package number, value the rpm header. Numbers are in the byte order of the machine that wrote the file.
//   page 0       metadata: page size, last page, flags
//   hash pages   a table of 16-bit offsets, two per record (key, value); items grow down from the page's end, so that
//                one ends where the one before it begins. An item's first byte is its type; long values are an
//                H_OFFPAGE item that names the first page of a chain of overflow pages.
// All pages are gone through in turn, not bucket by bucket: every hash page is in use, freed ones have another type.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "packages/rpm_bytes.h"
#include "packages/rpm_database.h"

namespace oakum::packages {
namespace {

constexpr std::size_t kMetaSize = 512;
constexpr std::size_t kPageHeader = 26;          // SIZEOF_PAGE
constexpr std::size_t kPageHeaderChecksum = 32;  // … with the checksum that metadata flag 1 adds
constexpr std::uint8_t kFlagChecksum = 1;
constexpr std::size_t kMinPage = 512;
constexpr std::size_t kMaxPage = 64U << 10;

// Offsets in the metadata page (DBMETA) and in any page (PAGE).
constexpr std::size_t kMetaMagic = 12;
constexpr std::size_t kMetaPageSize = 20;
constexpr std::size_t kMetaEncryption = 24;
constexpr std::size_t kMetaFlags = 26;
constexpr std::size_t kMetaLastPage = 32;
constexpr std::size_t kPageNext = 16;
constexpr std::size_t kPageEntries = 20;
constexpr std::size_t kPageHighOffset = 22;  // on an overflow page: the bytes it holds
constexpr std::size_t kPageType = 25;

enum PageType : std::uint8_t { kHashUnsorted = 2, kOverflow = 7, kHash = 13 };
enum ItemType : std::uint8_t { kKeyData = 1, kOffPage = 3 };
constexpr std::size_t kOffPageSize = 12;  // HOFFPAGE: type, 3 unused bytes, page, length

struct AccessMethod {
  std::uint32_t magic;
  std::string_view name;
};
constexpr std::uint32_t kHashMagic = 0x061561;
constexpr AccessMethod kMethods[] = {
    {kHashMagic, "hash"}, {0x053162, "btree"}, {0x042253, "queue"}, {0x074582, "heap"}};

struct Magic {
  AccessMethod method;
  std::endian order;
};

std::optional<Magic> find_magic(std::string_view bytes) {
  if (bytes.size() < kMetaMagic + 4) return std::nullopt;
  for (const std::endian order : {std::endian::little, std::endian::big}) {
    const auto magic = load<std::uint32_t>(bytes, kMetaMagic, order);
    for (const AccessMethod& method : kMethods) {
      if (method.magic == magic) return Magic{method, order};
    }
  }
  return std::nullopt;
}

std::unexpected<Error> damaged(std::string why) { return fail(ErrorCode::invalid, "", std::move(why)); }

struct Page {
  std::string_view bytes;
  std::endian order;

  std::uint8_t type() const { return load<std::uint8_t>(bytes, kPageType, order); }
  std::uint32_t next() const { return u32(kPageNext); }
  std::uint16_t u16(std::size_t at) const { return load<std::uint16_t>(bytes, at, order); }
  std::uint32_t u32(std::size_t at) const { return load<std::uint32_t>(bytes, at, order); }
};

class HashFile {
 public:
  static Result<HashFile> open(std::string_view bytes);
  void read(HeaderSink& sink);

 private:
  HashFile(std::string_view bytes, std::endian order) : bytes_(bytes), order_(order) {}
  Page page(std::uint32_t number) const { return {bytes_.substr(number * page_size_, page_size_), order_}; }
  bool read_page(const Page& page, HeaderSink& sink);
  bool read_record(std::uint32_t number, std::string_view value, HeaderSink& sink);
  Result<std::string_view> item(const Page& page, std::size_t index) const;
  Status read_chain(std::uint32_t first, std::uint32_t length);

  std::string_view bytes_;
  std::endian order_;
  std::size_t page_size_ = 0;
  std::size_t page_header_ = kPageHeader;
  std::uint32_t pages_ = 0;    // that the file has and the metadata counts
  bool truncated_ = false;     // the metadata counts more
  std::vector<bool> chained_;  // overflow pages already read: each belongs to one chain, so that none can loop
  std::string value_;          // the chain being read, joined
};

Result<HashFile> HashFile::open(std::string_view bytes) {
  const auto magic = find_magic(bytes);
  if (!magic || bytes.size() < kMetaSize) return damaged("Berkeley DB metadata cut off");
  if (magic->method.magic != kHashMagic) {
    return fail(ErrorCode::unsupported, "",
                fmt::format("a Berkeley DB of access method {}, rpm keeps packages in hash", magic->method.name));
  }
  if (bytes[kMetaEncryption] != 0) return fail(ErrorCode::unsupported, "", "an encrypted Berkeley DB");
  HashFile file(bytes, magic->order);
  file.page_size_ = load<std::uint32_t>(bytes, kMetaPageSize, magic->order);
  if (!std::has_single_bit(file.page_size_) || file.page_size_ < kMinPage || file.page_size_ > kMaxPage) {
    return damaged(fmt::format("Berkeley DB page size {}", file.page_size_));
  }
  if ((load<std::uint8_t>(bytes, kMetaFlags, magic->order) & kFlagChecksum) != 0) {
    file.page_header_ = kPageHeaderChecksum;
  }
  const std::uint64_t stated = std::uint64_t{load<std::uint32_t>(bytes, kMetaLastPage, magic->order)} + 1;
  file.pages_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(stated, bytes.size() / file.page_size_));
  file.truncated_ = file.pages_ < stated;
  file.chained_.resize(file.pages_);
  return file;
}

void HashFile::read(HeaderSink& sink) {
  if (truncated_) {
    sink.error(
        Error{ErrorCode::invalid, "", "the file is shorter than its metadata says, packages may be missing", ""});
  }
  for (std::uint32_t number = 1; number < pages_; ++number) {
    const Page current = page(number);
    if (current.type() != kHash && current.type() != kHashUnsorted) continue;
    if (!read_page(current, sink)) return;
  }
}

// False when the sink takes no more.
bool HashFile::read_page(const Page& page, HeaderSink& sink) {
  const std::size_t entries = page.u16(kPageEntries);
  for (std::size_t i = 0; i + 1 < entries; i += 2) {
    const auto key = item(page, i);
    auto value = item(page, i + 1);
    if (!key || !value) {
      sink.error(Error{ErrorCode::invalid, fmt::format("page {}", page.u32(8)), "a record beyond its page", ""});
      return true;
    }
    if (key->size() != 5 || key->front() != kKeyData) {
      sink.error(Error{ErrorCode::invalid, fmt::format("page {}", page.u32(8)), "a key that is no package number", ""});
      continue;
    }
    const std::uint32_t number = load<std::uint32_t>(*key, 1, order_);
    if (number == 0) continue;  // holds the number that the next package will get
    if (!read_record(number, *value, sink)) return false;
  }
  return true;
}

bool HashFile::read_record(std::uint32_t number, std::string_view value, HeaderSink& sink) {
  if (value.front() == kKeyData) {
    if (!sink.reserve(value.size())) return false;
    sink.header(number, value.substr(1));
    return true;
  }
  if (value.front() != kOffPage || value.size() < kOffPageSize) {
    sink.error(number, Error{ErrorCode::invalid, "",
                             fmt::format("a value of type {:d}", static_cast<std::uint8_t>(value.front())), ""});
    return true;
  }
  const auto length = load<std::uint32_t>(value, 8, order_);
  if (!sink.reserve(length)) return false;
  if (auto status = read_chain(load<std::uint32_t>(value, 4, order_), length); !status) {
    sink.error(number, std::move(status.error()));
  } else {
    sink.header(number, value_);
  }
  return true;
}

// The item with its type byte; never empty.
Result<std::string_view> HashFile::item(const Page& page, std::size_t index) const {
  const std::size_t table_end = page_header_ + 2 * (index + 1);
  if (table_end > page_size_) return damaged("item table longer than the page");
  const std::size_t begin = page.u16(table_end - 2);
  const std::size_t end = index == 0 ? page_size_ : page.u16(table_end - 4);
  if (begin < table_end || begin >= end || end > page_size_) return damaged("item out of its page");
  return page.bytes.substr(begin, end - begin);
}

// Joins an overflow chain in value_.
Status HashFile::read_chain(std::uint32_t first, std::uint32_t length) {
  value_.clear();
  value_.reserve(length);
  for (std::uint32_t number = first; number != 0;) {
    if (number >= pages_) return damaged(fmt::format("overflow page {} of {}", number, pages_));
    if (chained_[number]) return damaged(fmt::format("overflow page {} is reached twice", number));
    chained_[number] = true;
    const Page current = page(number);
    if (current.type() != kOverflow) return damaged(fmt::format("page {} is no overflow page", number));
    const std::size_t size = current.u16(kPageHighOffset);
    if (size > page_size_ - page_header_ || size > length - value_.size()) {
      return damaged(fmt::format("overflow page {} holds more than it can", number));
    }
    value_.append(current.bytes.substr(page_header_, size));
    number = current.next();
  }
  if (value_.size() != length) return damaged(fmt::format("{} of {} bytes in overflow pages", value_.size(), length));
  return {};
}

}  // namespace

bool is_berkeley_db(std::string_view bytes) { return find_magic(bytes).has_value(); }

Status read_rpm_bdb(std::string_view bytes, HeaderSink& sink) {
  OAKUM_TRY(HashFile file, HashFile::open(bytes));
  file.read(sink);
  return {};
}

}  // namespace oakum::packages
