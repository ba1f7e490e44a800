#include "read/image/tar.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>

#include "base/text.h"

namespace oakum::image {

namespace {

// POSIX.1-1988 "ustar Interchange Format", and the fields that old GNU tar puts into `prefix` (tar.texi, "Basic Tar
// Format"): offset and size of each.
struct Field {
  std::size_t at;
  std::size_t size;
};
constexpr Field kName{0, 100};
constexpr Field kMode{100, 8};
constexpr Field kUid{108, 8};
constexpr Field kGid{116, 8};
constexpr Field kSize{124, 12};
constexpr Field kChecksum{148, 8};
constexpr std::size_t kType = 156;
constexpr Field kLink{157, 100};
constexpr Field kMagic{257, 8};
constexpr Field kPrefix{345, 155};
constexpr std::size_t kGnuSparse = 386;  // 4 × (offset, size), 12 bytes each
constexpr std::size_t kGnuSparseExtended = 482;
constexpr Field kGnuRealSize{483, 12};

constexpr std::uint64_t kMaxSize = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

std::string_view text_field(const char* block, Field field) {
  const char* start = block + field.at;
  const void* end = std::memchr(start, 0, field.size);
  return {start, end == nullptr ? field.size : static_cast<std::size_t>(static_cast<const char*>(end) - start)};
}

// Base 256, big-endian, marked by the top bit (GNU); negative numbers (0xFF first) are no sizes.
std::optional<std::uint64_t> base256(const char* start, std::size_t size) {
  std::uint64_t value = static_cast<unsigned char>(start[0]) & 0x7F;
  if ((static_cast<unsigned char>(start[0]) & 0x40) != 0) return std::nullopt;
  for (std::size_t i = 1; i < size; ++i) {
    if (value > (kMaxSize >> 8)) return std::nullopt;
    value = value << 8 | static_cast<unsigned char>(start[i]);
  }
  return value;
}

// Octal digits between optional spaces and NULs; an empty field is 0, as in archives of v7.
std::optional<std::uint64_t> number_field(const char* block, Field field) {
  const char* start = block + field.at;
  if ((static_cast<unsigned char>(start[0]) & 0x80) != 0) return base256(start, field.size);
  std::string_view text(start, field.size);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\0')) text.remove_prefix(1);
  std::uint64_t value = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '7') {
    if (value > (kMaxSize >> 3)) return std::nullopt;
    value = value << 3 | static_cast<std::uint64_t>(text.front() - '0');
    text.remove_prefix(1);
  }
  const bool clean = text.empty() || text.front() == ' ' || text.front() == '\0';
  return clean ? std::optional(value) : std::nullopt;
}

bool is_zero(const char* block, std::size_t size) {
  return block[0] == 0 && std::memcmp(block, block + 1, size - 1) == 0;
}

// The sum of the header with its checksum field taken as spaces; some old programs summed signed bytes.
bool checksum_holds(const char* block, std::size_t size) {
  const auto stated = number_field(block, kChecksum);
  if (!stated) return false;
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += static_cast<unsigned char>(block[i]);
  std::uint32_t field = 0;
  for (std::size_t i = 0; i < kChecksum.size; ++i) field += static_cast<unsigned char>(block[kChecksum.at + i]);
  const std::uint32_t spaces = kChecksum.size * ' ';
  if (sum - field + spaces == *stated) return true;
  std::int64_t signed_sum = spaces;
  for (std::size_t i = 0; i < size; ++i) {
    const bool in_field = i >= kChecksum.at && i < kChecksum.at + kChecksum.size;
    if (!in_field) signed_sum += static_cast<signed char>(block[i]);
  }
  return signed_sum >= 0 && static_cast<std::uint64_t>(signed_sum) == *stated;
}

TarType type_of(char flag) {
  switch (flag) {
    case '1':
      return TarType::hard_link;
    case '2':
      return TarType::symlink;
    case '5':
      return TarType::directory;
    case '0':
    case '\0':
    case '7':  // contiguous file
    case 'S':
      return TarType::file;
    default:
      return TarType::other;
  }
}

// Entries of these types have no body, whatever their size field says.
bool is_header_only(char flag) { return flag >= '1' && flag <= '6'; }

}  // namespace

std::unexpected<Error> TarReader::bad(std::string why, ErrorCode code) const {
  std::string what = name_.empty() ? "tar" : "tar entry \"" + printable(name_, 256) + "\"";
  return fail(code, std::move(what), std::move(why) + " (near byte " + with_thousands(position_) + ")");
}

Status TarReader::feed(std::string_view bytes) {
  while (!bytes.empty() && state_ != State::ended) {
    if (state_ == State::body) {
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), remaining_));
      body(bytes.substr(0, n));
      bytes.remove_prefix(n);
      position_ += n;
      remaining_ -= n;
      if (remaining_ == 0) OAKUM_CHECK(end_body());
      continue;
    }
    if (state_ == State::padding) {
      const std::size_t n = std::min(bytes.size(), padding_);
      bytes.remove_prefix(n);
      position_ += n;
      padding_ -= n;
      if (padding_ == 0) state_ = State::header;
      continue;
    }
    if (staged_size_ == 0 && bytes.size() >= kBlock) {
      const char* start = bytes.data();
      bytes.remove_prefix(kBlock);
      position_ += kBlock;
      OAKUM_CHECK(block(start));
      continue;
    }
    feed_block(bytes);
    if (staged_size_ < kBlock) continue;
    staged_size_ = 0;
    OAKUM_CHECK(block(staged_.data()));
  }
  position_ += bytes.size();
  return {};
}

void TarReader::feed_block(std::string_view& bytes) {
  const std::size_t n = std::min(bytes.size(), kBlock - staged_size_);
  std::memcpy(staged_.data() + staged_size_, bytes.data(), n);
  staged_size_ += n;
  bytes.remove_prefix(n);
  position_ += n;
}

Status TarReader::finish() const {
  const bool between = state_ == State::header && staged_size_ == 0 && !local_used_ && gnu_name_.empty();
  // The padding of the last entry holds nothing: some writers leave it out.
  if (between || state_ == State::padding || state_ == State::ended) return {};
  return bad("ends in the middle of an entry");
}

Status TarReader::block(const char* block) {
  switch (state_) {
    case State::header:
      return header(block);
    case State::sparse_extension:
      return sparse_extension(block);
    case State::sparse_map:
      return sparse_map(block);
    case State::body:
    case State::padding:
    case State::ended:
      break;
  }
  return {};
}

Status TarReader::header(const char* block) {
  if (is_zero(block, kBlock)) {
    // Two zero blocks end the archive, whatever follows: so it does for the programs that unpack layers.
    if (++zero_blocks_ == 2) state_ = State::ended;
    return {};
  }
  zero_blocks_ = 0;
  name_.clear();
  if (!checksum_holds(block, kBlock)) return bad("has a header with a wrong checksum");
  const auto size = number_field(block, kSize);
  if (!size) return bad("has a header with a malformed size");
  const char type = block[kType];
  switch (type) {
    case 'x':
    case 'X':
      return begin_meta(Body::pax, *size);
    case 'g':
      return begin_meta(Body::pax_global, *size);
    case 'L':
      return begin_meta(Body::long_name, *size);
    case 'K':
      return begin_meta(Body::long_link, *size);
    default:
      return member(block, type, *size);
  }
}

Status TarReader::begin_meta(Body body, std::uint64_t size) {
  if (size > limits_.header_bytes) {
    return bad("has an extended header of " + with_thousands(size) + " bytes, more than " +
                   with_thousands(limits_.header_bytes),
               ErrorCode::limit);
  }
  // Endless headers are as bad as endless entries.
  if (++entries_ > limits_.entries) return bad("has too many entries", ErrorCode::limit);
  meta_.clear();
  start_body(body, size);
  if (size == 0) return end_body();
  return {};
}

void TarReader::start_body(Body body, std::uint64_t size) {
  body_ = body;
  remaining_ = size;
  padding_ = static_cast<std::size_t>((kBlock - size % kBlock) % kBlock);
  state_ = State::body;
}

Status TarReader::end_body() {
  state_ = padding_ == 0 ? State::header : State::padding;
  switch (body_) {
    case Body::skip:
      return {};
    case Body::sparse_content:
      zeros(real_size_ - file_position_);
      return visitor_.end_of_content();
    case Body::content:
      return visitor_.end_of_content();
    case Body::pax:
    case Body::pax_global:
    case Body::long_name:
    case Body::long_link:
      return end_meta();
  }
  return {};
}

Status TarReader::end_meta() {
  const std::string_view text(meta_.c_str());  // GNU's names end with NUL
  switch (body_) {
    case Body::pax:
      local_ = Attributes{};
      local_used_ = true;
      return parse_pax(local_);
    case Body::pax_global:
      global_ = Attributes{};
      global_used_ = true;
      return parse_pax(global_);
    case Body::long_name:
      gnu_name_ = text;
      return {};
    case Body::long_link:
      gnu_link_ = text;
      return {};
    case Body::skip:
    case Body::content:
    case Body::sparse_content:
      break;
  }
  return {};
}

void TarReader::name_entry(const char* block) {
  name_.clear();
  const std::string_view magic(block + kMagic.at, kMagic.size);
  // GNU's magic is "ustar  \0": there the prefix field holds other things.
  if (magic.starts_with(std::string_view("ustar\0", 6))) {
    const std::string_view prefix = text_field(block, kPrefix);
    if (!prefix.empty()) name_.append(prefix).append(1, '/');
  }
  name_ += text_field(block, kName);
  link_ = text_field(block, kLink);
  if (!gnu_name_.empty()) name_ = gnu_name_;
  if (!gnu_link_.empty()) link_ = gnu_link_;
  for (const Attributes* from : {&global_, &local_}) {
    if (!from->path.empty()) name_ = from->path;
    if (!from->sparse_name.empty()) name_ = from->sparse_name;
    if (!from->link.empty()) link_ = from->link;
  }
  gnu_name_.clear();
  gnu_link_.clear();
}

// Malformed numbers are taken for 0: nothing is unpacked by them.
void TarReader::describe_entry(const char* block) {
  const auto id_of = [&](Field field, std::int64_t Attributes::* stated) {
    std::uint64_t value = number_field(block, field).value_or(0);
    for (const Attributes* from : {&global_, &local_}) {
      if (from->*stated >= 0) value = static_cast<std::uint64_t>(from->*stated);
    }
    return static_cast<std::uint32_t>(value);
  };
  mode_ = static_cast<std::uint32_t>(number_field(block, kMode).value_or(0) & 07777);
  uid_ = id_of(kUid, &Attributes::uid);
  gid_ = id_of(kGid, &Attributes::gid);
  capabilities_ = global_.capabilities || local_.capabilities;
}

Status TarReader::member(const char* block, char type, std::uint64_t size) {
  name_entry(block);
  describe_entry(block);
  if (++entries_ > limits_.entries) {
    return bad("has more than " + with_thousands(limits_.entries) + " entries", ErrorCode::limit);
  }
  if (global_used_ && global_.size >= 0) size = static_cast<std::uint64_t>(global_.size);
  if (local_used_ && local_.size >= 0) size = static_cast<std::uint64_t>(local_.size);
  type_ = type_of(type);
  // v7 had no directories but names with a slash at their end.
  if (type == '\0' && name_.ends_with('/')) type_ = TarType::directory;
  stored_size_ = is_header_only(type) ? 0 : size;
  real_size_ = stored_size_;
  segments_.clear();
  segment_ = 0;
  file_position_ = 0;
  if (type == 'S') {
    const auto real = number_field(block, kGnuRealSize);
    if (!real) return bad("has a malformed size in its sparse header");
    real_size_ = *real;
    local_.sparse = true;
    OAKUM_CHECK(gnu_sparse_fields(block + kGnuSparse, 4));
    if (block[kGnuSparseExtended] != 0) {
      state_ = State::sparse_extension;
      return {};
    }
    return announce();
  }
  if (type_ != TarType::file || !local_used_ || !local_.sparse) return announce();
  if (local_.sparse_size >= 0) real_size_ = static_cast<std::uint64_t>(local_.sparse_size);
  if (local_.sparse_major == 1 && local_.sparse_minor == 0) {
    meta_.clear();
    map_lines_ = 0;
    map_lines_needed_ = 1;
    if (stored_size_ < kBlock) return bad("has a sparse map that is cut short");
    state_ = State::sparse_map;
    return {};
  }
  if (local_.sparse_numbers.size() % 2 != 0) return bad("has a sparse map of an odd length");
  for (std::size_t i = 0; i < local_.sparse_numbers.size(); i += 2) {
    OAKUM_CHECK(add_segment(local_.sparse_numbers[i], local_.sparse_numbers[i + 1]));
  }
  return announce();
}

// Names and sizes are complete: tells the visitor and sets out to read or skip the body.
Status TarReader::announce() {
  const bool sparse = type_ == TarType::file && local_.sparse;
  local_ = Attributes{};
  local_used_ = false;
  if (sparse) OAKUM_CHECK(check_segments());
  TarEntry entry{.path = {},
                 .link = link_,
                 .type = type_,
                 .size = real_size_,
                 .mode = mode_,
                 .uid = uid_,
                 .gid = gid_,
                 .capabilities = capabilities_};
  NormalPath path = normal_path(name_, limits_.path, name_buffer_);
  bool usable = path.fault == PathFault::none;
  if (usable && type_ == TarType::hard_link) {
    const NormalPath link = normal_path(link_, limits_.path, link_buffer_);
    entry.link = link.path;
    usable = link.fault == PathFault::none;
    path.fault = link.fault;
  }
  entry.path = path.path;
  bool wanted = false;
  if (!usable) {
    const bool limit = path.fault == PathFault::too_long || path.fault == PathFault::too_deep;
    visitor_.skipped(Error{.code = limit ? ErrorCode::limit : ErrorCode::invalid,
                           .what = "entry \"" + printable(name_, 256) + "\"",
                           .why = "its path " + std::string(to_string(path.fault)),
                           .todo = "the entry was skipped"});
  } else if (!entry.path.empty()) {
    auto answer = visitor_.entry(entry);
    if (!answer) return std::unexpected<Error>(std::move(answer.error()));
    wanted = *answer && type_ == TarType::file;
  }
  const Body body = !wanted ? Body::skip : sparse ? Body::sparse_content : Body::content;
  start_body(body, stored_size_);
  if (stored_size_ == 0) return end_body();
  return {};
}

void TarReader::body(std::string_view bytes) {
  switch (body_) {
    case Body::skip:
      return;
    case Body::content:
      visitor_.content(bytes);
      return;
    case Body::sparse_content:
      sparse_body(bytes);
      return;
    case Body::pax:
    case Body::pax_global:
    case Body::long_name:
    case Body::long_link:
      meta_ += bytes;
      return;
  }
}

void TarReader::zeros(std::uint64_t count) {
  static constexpr std::array<char, 4096> kZeros{};
  while (count > 0) {
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(count, kZeros.size()));
    visitor_.content({kZeros.data(), n});
    file_position_ += n;
    count -= n;
  }
}

// check_segments() has made sure that segments ascend, stay within the file and add up to the stored bytes.
void TarReader::sparse_body(std::string_view bytes) {
  while (!bytes.empty() && segment_ < segments_.size()) {
    const Segment& segment = segments_[segment_];
    if (file_position_ < segment.offset) zeros(segment.offset - file_position_);
    const std::uint64_t left = segment.offset + segment.size - file_position_;
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left));
    visitor_.content(bytes.substr(0, n));
    file_position_ += n;
    bytes.remove_prefix(n);
    if (n == left) ++segment_;
  }
}

}  // namespace oakum::image
