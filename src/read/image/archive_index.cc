#include "read/image/archive_index.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "base/text.h"

namespace oakum::image {

namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kMaxEntries = 100'000;
constexpr std::size_t kMaxExtension = 64 * 1024;  // of one pax header or long name
constexpr int kMaxLinks = 8;

using Block = std::array<char, kBlock>;

std::string_view field(const Block& block, std::size_t offset, std::size_t size) {
  const std::string_view whole(block.data() + offset, size);
  return whole.substr(0, whole.find('\0'));
}

// Octal text, or base 256 when the first bit is set (GNU); nullopt when neither.
std::optional<std::uint64_t> number(const Block& block, std::size_t offset, std::size_t size) {
  const std::string_view bytes(block.data() + offset, size);
  std::uint64_t value = 0;
  if ((static_cast<unsigned char>(bytes[0]) & 0x80U) != 0) {
    for (std::size_t i = 0; i < size; ++i) {
      const unsigned digit = static_cast<unsigned char>(bytes[i]) & (i == 0 ? 0x7FU : 0xFFU);
      if (value >> 55 != 0) return std::nullopt;
      value = value << 8 | digit;
    }
    return value;
  }
  for (const char c : trim(bytes.substr(0, bytes.find('\0')))) {
    if (c < '0' || c > '7' || value >> 60 != 0) return std::nullopt;
    value = value * 8 + static_cast<unsigned>(c - '0');
  }
  return value;
}

bool checksum_matches(const Block& block) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i) sum += i >= 148 && i < 156 ? 32U : static_cast<unsigned char>(block[i]);
  return number(block, 148, 8) == sum;
}

std::string header_path(const Block& block) {
  const std::string name(field(block, 0, 100));
  const bool posix = std::string_view(block.data() + 257, 6) == std::string_view("ustar\0", 6);
  const auto prefix = posix ? field(block, 345, 155) : std::string_view();
  return prefix.empty() ? name : std::string(prefix) + "/" + name;
}

// Lexically: "./a//b" and "c/../a/b" are "a/b"; what climbs out of the archive is nothing.
std::string normalised(std::string_view path) {
  std::vector<std::string_view> parts;
  for (const auto part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..")
      parts.push_back(part);
    else if (parts.empty())
      return {};
    else
      parts.pop_back();
  }
  std::string joined;
  for (const auto part : parts) joined.append(joined.empty() ? "" : "/").append(part);
  return joined;
}

std::string link_target(std::string_view from, std::string_view link, bool symbolic) {
  if (!symbolic) return normalised(link);
  const auto slash = from.rfind('/');
  const std::string directory(slash == std::string_view::npos ? std::string_view() : from.substr(0, slash));
  return normalised(directory + "/" + std::string(link));
}

// What extension headers say of the entry that follows them.
struct Extension {
  std::string path;
  std::string link;
  std::optional<std::uint64_t> size;
};

// pax: "LENGTH KEY=VALUE\n", LENGTH counting all of it.
bool read_pax(std::string_view records, Extension& extension) {
  while (!records.empty()) {
    const auto space = records.find(' ');
    const auto length = parse_number<std::size_t>(records.substr(0, space));
    if (space == std::string_view::npos || !length || *length <= space + 1 || *length > records.size()) return false;
    auto record = records.substr(space + 1, *length - space - 1);
    records.remove_prefix(*length);
    if (record.ends_with('\n')) record.remove_suffix(1);
    const auto equals = record.find('=');
    if (equals == std::string_view::npos) return false;
    const auto key = record.substr(0, equals);
    const auto value = record.substr(equals + 1);
    if (key == "path")
      extension.path = value;
    else if (key == "linkpath")
      extension.link = value;
    else if (key == "size")
      extension.size = parse_number<std::uint64_t>(value);
  }
  return true;
}

std::string without_nul(std::string text) {
  text.resize(std::min(text.size(), text.find('\0')));
  return text;
}

class FileRegion final : public ByteStream {
 public:
  FileRegion(std::shared_ptr<const Fd> fd, std::uint64_t offset, std::uint64_t size, std::string name)
      : fd_(std::move(fd)), offset_(offset), left_(size), size_(size), name_(std::move(name)) {}

  Result<std::size_t> read(std::span<char> out) override {
    out = out.first(static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), left_)));
    if (out.empty()) return 0;
    OAKUM_TRY(const std::size_t n, read_at(fd_->get(), out, offset_, name_));
    if (n == 0) {
      return fail(ErrorCode::invalid, name_,
                  "ends after " + with_thousands(size_ - left_) + " of " + with_thousands(size_) + " bytes");
    }
    offset_ += n;
    left_ -= n;
    return n;
  }

 private:
  std::shared_ptr<const Fd> fd_;
  std::uint64_t offset_;
  std::uint64_t left_;
  std::uint64_t size_;
  std::string name_;
};

}  // namespace

std::unique_ptr<ByteStream> open_file_region(std::shared_ptr<const Fd> fd, std::uint64_t offset, std::uint64_t size,
                                             std::string name) {
  return std::make_unique<FileRegion>(std::move(fd), offset, size, std::move(name));
}

Result<ArchiveIndex> ArchiveIndex::read(std::shared_ptr<const Fd> fd, std::string name) {
  ArchiveIndex index(std::move(fd), std::move(name));
  OAKUM_CHECK(index.scan());
  return index;
}

Status ArchiveIndex::scan() {
  Extension extension;
  std::size_t headers = 0;
  OAKUM_TRY(const std::uint64_t end, file_size(fd_->get(), name_));
  for (std::uint64_t at = 0; at < end;) {
    Block block{};
    OAKUM_TRY(const std::size_t n, read_at(fd_->get(), block, at, name_));
    if (n < kBlock) return fail(ErrorCode::invalid, name_, "ends inside a tar header at byte " + with_thousands(at));
    if (std::ranges::all_of(block, [](char c) { return c == '\0'; })) break;  // end of archive
    const auto stored = number(block, 124, 12);
    if (!checksum_matches(block) || !stored) {
      return fail(ErrorCode::invalid, name_,
                  at == 0 ? "not a tar archive" : "no tar header at byte " + with_thousands(at));
    }
    if (++headers > kMaxEntries)
      return fail(ErrorCode::limit, name_, "has more than " + with_thousands(kMaxEntries) + " entries");
    const char type = block[156];
    const bool is_extension = type == 'x' || type == 'L' || type == 'K' || type == 'g';
    const std::uint64_t size = !is_extension && extension.size ? *extension.size : *stored;
    const bool has_body = type != '1' && type != '2' && type != '3' && type != '4' && type != '5' && type != '6';
    const std::uint64_t body = has_body ? size : 0;
    at += kBlock;
    if (body > end - at) {
      return fail(ErrorCode::invalid, name_,
                  "ends after " + with_thousands(end) + " bytes, inside \"" + printable(header_path(block), 200) + "\"",
                  "copy or download it again");
    }
    if (is_extension && type != 'g') {
      if (body > kMaxExtension)
        return fail(ErrorCode::limit, name_, "a tar name longer than " + with_thousands(kMaxExtension) + " bytes");
      std::string text(static_cast<std::size_t>(body), '\0');
      OAKUM_TRY(const std::size_t got, read_at(fd_->get(), text, at, name_));
      text.resize(got);
      if (type == 'L')
        extension.path = without_nul(std::move(text));
      else if (type == 'K')
        extension.link = without_nul(std::move(text));
      else if (!read_pax(text, extension))
        return fail(ErrorCode::invalid, name_, "a broken pax header at byte " + with_thousands(at));
    } else if (!is_extension) {
      const std::string path = normalised(extension.path.empty() ? header_path(block) : extension.path);
      const std::string link = extension.link.empty() ? std::string(field(block, 157, 100)) : extension.link;
      Entry entry{at, body, type == '0' || type == '\0' || type == '7', {}};
      if (type == '1' || type == '2') entry.link = link_target(path, link, type == '2');
      if (!path.empty()) entries_.insert_or_assign(path, std::move(entry));
      extension = {};
    }
    at += (body + kBlock - 1) / kBlock * kBlock;
  }
  return {};
}

const ArchiveIndex::Entry* ArchiveIndex::find(std::string_view path) const {
  std::string wanted = normalised(path);
  for (int links = 0; links <= kMaxLinks; ++links) {
    const auto found = entries_.find(wanted);
    if (found == entries_.end()) return nullptr;
    if (found->second.link.empty()) return found->second.is_file ? &found->second : nullptr;
    wanted = found->second.link;
  }
  return nullptr;
}

Result<const ArchiveIndex::Entry*> ArchiveIndex::require(std::string_view path) const {
  if (const Entry* entry = find(path)) return entry;
  return fail(ErrorCode::not_found, name_, "has no file \"" + printable(path, 200) + "\", which its manifest names");
}

Result<std::uint64_t> ArchiveIndex::size(std::string_view path) const {
  OAKUM_TRY(const Entry* entry, require(path));
  return entry->size;
}

Result<std::string> ArchiveIndex::read(std::string_view path, std::size_t limit) const {
  OAKUM_TRY(const auto stream, open(path));
  return read_all(*stream, limit, name_ + ": " + printable(path, 200));
}

Result<std::unique_ptr<ByteStream>> ArchiveIndex::open(std::string_view path) const {
  OAKUM_TRY(const Entry* entry, require(path));
  return open_file_region(fd_, entry->offset, entry->size, name_ + ": " + printable(path, 200));
}

}  // namespace oakum::image
