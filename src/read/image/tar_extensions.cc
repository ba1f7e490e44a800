// The parts of TarReader that read extended headers: pax records and the sparse maps of GNU tar.
#include <algorithm>
#include <limits>

#include "base/text.h"
#include "read/image/tar.h"

namespace oakum::image {

namespace {

constexpr std::uint64_t kMaxSize = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

std::optional<std::uint64_t> size_number(std::string_view text) {
  const auto value = parse_number<std::uint64_t>(text);
  return value && *value <= kMaxSize ? value : std::nullopt;
}

// Number fields of sparse headers are written as those of the main header; see tar.cc.
std::optional<std::uint64_t> sparse_number(const char* field) {
  std::string_view text(field, 12);
  if ((static_cast<unsigned char>(text[0]) & 0x80) != 0) {
    std::uint64_t value = static_cast<unsigned char>(text[0]) & 0x7F;
    for (const char c : text.substr(1)) {
      if (value > (kMaxSize >> 8)) return std::nullopt;
      value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '7' || value > (kMaxSize >> 3)) return std::nullopt;
    value = value << 3 | static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

}  // namespace

// POSIX.1-2001 "pax Extended Header": "LENGTH KEY=VALUE\n", the length counting the whole record.
Status TarReader::parse_pax(Attributes& out) const {
  std::string_view rest = meta_;
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    const auto length =
        space == std::string_view::npos ? std::nullopt : parse_number<std::size_t>(rest.substr(0, space));
    if (!length || *length < space + 3 || *length > rest.size() || rest[*length - 1] != '\n') {
      return bad("has a malformed pax header");
    }
    const std::string_view record = rest.substr(space + 1, *length - space - 2);
    rest.remove_prefix(*length);
    const std::size_t equals = record.find('=');
    if (equals == std::string_view::npos) return bad("has a malformed pax header");
    OAKUM_CHECK(pax_record(record.substr(0, equals), record.substr(equals + 1), out));
  }
  return {};
}

// An empty value takes back what a global header said.
Status TarReader::pax_record(std::string_view key, std::string_view value, Attributes& out) const {
  const auto number = [&](std::int64_t& into) -> Status {
    if (value.empty()) return {};
    const auto parsed = size_number(value);
    if (!parsed) return bad("has a malformed number in its pax header");
    into = static_cast<std::int64_t>(*parsed);
    return {};
  };
  if (key == "path") out.path = value;
  if (key == "linkpath") out.link = value;
  if (key == "size") return number(out.size);
  // Nothing is unpacked by owners: a malformed one is none.
  const auto id = [&] { return static_cast<std::int64_t>(parse_number<std::uint32_t>(value).value_or(0)); };
  if (key == "uid") out.uid = id();
  if (key == "gid") out.gid = id();
  // star's and GNU tar's name for extended attributes, and libarchive's.
  if (key == "SCHILY.xattr.security.capability" || key == "LIBARCHIVE.xattr.security.capability")
    out.capabilities = !value.empty();
  if (!key.starts_with("GNU.sparse.")) return {};
  key.remove_prefix(std::string_view("GNU.sparse.").size());
  out.sparse = true;
  if (key == "name") out.sparse_name = value;
  if (key == "major") out.sparse_major = parse_number<int>(value).value_or(-1);
  if (key == "minor") out.sparse_minor = parse_number<int>(value).value_or(-1);
  if (key == "size" || key == "realsize") return number(out.sparse_size);
  const bool single = key == "offset" || key == "numbytes";
  if (!single && key != "map") return {};
  if (key == "map") out.sparse_numbers.clear();
  while (!value.empty()) {
    const auto parsed = size_number(next_field(value, ','));
    if (!parsed) return bad("has a malformed sparse map");
    if (out.sparse_numbers.size() >= 2 * limits_.sparse_segments) {
      return bad("has a sparse map of too many parts", ErrorCode::limit);
    }
    out.sparse_numbers.push_back(*parsed);
  }
  return {};
}

Status TarReader::add_segment(std::uint64_t offset, std::uint64_t size) {
  if (segments_.size() >= limits_.sparse_segments) return bad("has a sparse map of too many parts", ErrorCode::limit);
  if (size > 0) segments_.push_back({.offset = offset, .size = size});
  return {};
}

Status TarReader::check_segments() {
  std::uint64_t end = 0;
  std::uint64_t stored = 0;
  for (const Segment& segment : segments_) {
    if (segment.offset < end || segment.size > kMaxSize - segment.offset) {
      return bad("has a sparse map whose parts overlap");
    }
    end = segment.offset + segment.size;
    stored += segment.size;
  }
  if (end > real_size_ || stored != stored_size_) return bad("has a sparse map that does not fit its size");
  return {};
}

Status TarReader::gnu_sparse_fields(const char* fields, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto offset = sparse_number(fields + i * 24);
    const auto size = sparse_number(fields + i * 24 + 12);
    if (!offset || !size) return bad("has a malformed sparse map");
    OAKUM_CHECK(add_segment(*offset, *size));
  }
  return {};
}

Status TarReader::sparse_extension(const char* block) {
  OAKUM_CHECK(gnu_sparse_fields(block, 21));
  if (block[504] != 0) return {};
  return announce();
}

// GNU.sparse 1.0: the body starts with the map, one decimal number a line — count, then offset and size of each part —
// filled up to a whole block.
Status TarReader::sparse_map(const char* block) {
  meta_.append(block, kBlock);
  stored_size_ -= kBlock;
  for (std::size_t i = 0; i < kBlock && map_lines_ < map_lines_needed_; ++i) {
    if (block[i] != '\n') continue;
    if (map_lines_++ > 0) continue;
    const auto count = parse_number<std::size_t>(std::string_view(meta_).substr(0, meta_.find('\n')));
    if (!count) return bad("has a malformed sparse map");
    if (*count > limits_.sparse_segments) return bad("has a sparse map of too many parts", ErrorCode::limit);
    map_lines_needed_ = 1 + 2 * *count;
  }
  if (map_lines_ < map_lines_needed_) {
    if (stored_size_ < kBlock) return bad("has a sparse map that is cut short");
    if (meta_.size() > limits_.header_bytes) return bad("has a sparse map that is too long", ErrorCode::limit);
    return {};
  }
  std::string_view rest = meta_;
  next_field(rest, '\n');
  for (std::size_t i = 1; i < map_lines_needed_; i += 2) {
    const auto offset = size_number(next_field(rest, '\n'));
    const auto size = size_number(next_field(rest, '\n'));
    if (!offset || !size) return bad("has a malformed sparse map");
    OAKUM_CHECK(add_segment(*offset, *size));
  }
  return announce();
}

}  // namespace oakum::image
