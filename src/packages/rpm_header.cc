#include "packages/rpm_header.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "packages/rpm_bytes.h"

namespace oakum::packages {
namespace {

// rpm's own limits (lib/header.c, HEADER_TAGS_MAX and HEADER_DATA_MAX).
constexpr std::uint32_t kMaxEntries = 0xffff;
constexpr std::uint32_t kMaxStore = 256U << 20;

constexpr std::size_t kIntroSize = 8;
constexpr std::size_t kEntrySize = 16;
constexpr std::size_t kMaxPath = 4096;           // PATH_MAX: no file with a longer name was ever installed
constexpr std::uint32_t kMaxStrings = 1U << 20;  // in one list; the largest packages have some 200,000 files

enum class Type : std::uint8_t {
  null,
  character,
  int8,
  int16,
  int32,
  int64,
  string,
  binary,
  string_array,
  i18n_string
};
constexpr std::uint32_t kTypes = 10;
// Bytes that one element takes; strings take at least their NUL.
constexpr std::array<std::uint8_t, kTypes> kElementSize = {0, 1, 1, 2, 4, 8, 1, 1, 1, 1};

// The tags that are read (rpm's include/rpm/rpmtag.h), in ascending order.
enum Tag : std::uint8_t {
  kName,
  kVersion,
  kRelease,
  kEpoch,
  kVendor,
  kLicense,
  kArch,
  kOldFileNames,
  kFileStates,
  kSourceRpm,
  kDirIndexes,
  kBaseNames,
  kDirNames,
  kModularityLabel,
  kTags
};
struct TagName {
  std::uint32_t number;
  std::string_view name;
};
constexpr std::array<TagName, kTags> kTagNames = {{{1000, "NAME"},
                                                   {1001, "VERSION"},
                                                   {1002, "RELEASE"},
                                                   {1003, "EPOCH"},
                                                   {1011, "VENDOR"},
                                                   {1014, "LICENSE"},
                                                   {1022, "ARCH"},
                                                   {1027, "OLDFILENAMES"},
                                                   {1029, "FILESTATES"},
                                                   {1044, "SOURCERPM"},
                                                   {1116, "DIRINDEXES"},
                                                   {1117, "BASENAMES"},
                                                   {1118, "DIRNAMES"},
                                                   {5096, "MODULARITYLABEL"}}};

// FILESTATES of files that were left out when the package was installed (rpm's rpmfileState_e): documentation under
// tsflags=nodocs, and the other word size of a multilib pair.
constexpr char kStateNotInstalled = 2;
constexpr char kStateWrongColor = 4;

struct Entry {
  Type type = Type::null;
  std::uint32_t offset = 0;
  std::uint32_t count = 0;  // 0: the tag is absent
};

struct Header {
  std::array<Entry, kTags> entries;
  std::string_view store;

  const Entry& operator[](Tag tag) const { return entries[tag]; }
  std::string_view rest(Tag tag) const { return store.substr(entries[tag].offset); }
};

std::unexpected<Error> bad_tag(Tag tag, std::string_view why) {
  return fail(ErrorCode::invalid, fmt::format("tag {}", kTagNames[tag].name), std::string(why));
}

// Every entry must lie in the store, wanted or not: one that does not shows that the index is damaged. Entries that
// overlap are harmless here and are read as they stand.
Result<Entry> parse_entry(std::string_view index, std::size_t at, std::size_t store_size) {
  const std::uint32_t type = load_be32(index, at + 4);
  const std::uint32_t offset = load_be32(index, at + 8);
  const std::uint32_t count = load_be32(index, at + 12);
  if (type >= kTypes) return fail(ErrorCode::invalid, "header index", fmt::format("unknown type {}", type));
  if (offset > store_size || std::uint64_t{count} * kElementSize[type] > store_size - offset) {
    return fail(ErrorCode::invalid, fmt::format("tag {}", load_be32(index, at)),
                fmt::format("{} elements at {} are beyond its store of {} bytes", count, offset, store_size));
  }
  return Entry{static_cast<Type>(type), offset, count};
}

// Entries behind the immutable region were added at installation and stand in for those of the same tag in it
// (rpm's headerImport), so that the last one of a tag counts.
Result<Header> parse_index(std::string_view blob) {
  if (blob.size() < kIntroSize) return fail(ErrorCode::invalid, "", "header of fewer than 8 bytes");
  const std::uint32_t count = load_be32(blob, 0);
  const std::uint32_t store_size = load_be32(blob, 4);
  if (count > kMaxEntries || store_size > kMaxStore) {
    return fail(ErrorCode::limit, "",
                fmt::format("header states {} tags and {} bytes, rpm takes at most {} and {}", count, store_size,
                            kMaxEntries, kMaxStore));
  }
  if (blob.size() != kIntroSize + count * kEntrySize + store_size) {
    return fail(ErrorCode::invalid, "",
                fmt::format("header states {} tags and {} bytes of values, which its {} bytes are not", count,
                            store_size, blob.size()));
  }
  const std::string_view index = blob.substr(kIntroSize, count * kEntrySize);
  Header header{.entries = {}, .store = blob.substr(kIntroSize + index.size())};
  for (std::size_t at = 0; at < index.size(); at += kEntrySize) {
    OAKUM_TRY(const Entry entry, parse_entry(index, at, store_size));
    const std::uint32_t number = load_be32(index, at);
    for (std::size_t tag = 0; tag < kTags; ++tag) {
      if (kTagNames[tag].number == number) header.entries[tag] = entry;
    }
  }
  return header;
}

bool holds_strings(Type type) {
  return type == Type::string || type == Type::string_array || type == Type::i18n_string;
}

// The first string of a tag; empty when it is absent.
Result<std::string_view> read_string(const Header& header, Tag tag) {
  if (header[tag].count == 0) return std::string_view();
  if (!holds_strings(header[tag].type)) return bad_tag(tag, "is not a string");
  const std::string_view rest = header.rest(tag);
  const std::size_t end = rest.find('\0');
  if (end == std::string_view::npos) return bad_tag(tag, "its string does not end");
  return rest.substr(0, end);
}

Result<std::vector<std::string_view>> read_strings(const Header& header, Tag tag) {
  std::vector<std::string_view> strings;
  if (header[tag].count == 0) return strings;
  if (!holds_strings(header[tag].type)) return bad_tag(tag, "is not a list of strings");
  if (header[tag].count > kMaxStrings) {
    return fail(ErrorCode::limit, fmt::format("tag {}", kTagNames[tag].name),
                fmt::format("has {} strings, more than {}", header[tag].count, kMaxStrings));
  }
  strings.reserve(header[tag].count);
  std::string_view rest = header.rest(tag);
  for (std::uint32_t i = 0; i < header[tag].count; ++i) {
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) {
      return bad_tag(tag, fmt::format("states {} strings and has {}", header[tag].count, i));
    }
    strings.push_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return strings;
}

Result<std::optional<std::uint32_t>> read_number(const Header& header, Tag tag) {
  if (header[tag].count == 0) return std::nullopt;
  if (header[tag].type != Type::int32) return bad_tag(tag, "is not a 32-bit number");
  return load_be32(header.store, header[tag].offset);
}

// A byte per file; empty when there is none or it does not fit the list, which then counts as installed in full.
std::string_view file_states(const Header& header, std::size_t files) {
  const Entry& entry = header[kFileStates];
  const bool bytes = entry.type == Type::character || entry.type == Type::int8 || entry.type == Type::binary;
  return bytes && entry.count == files ? header.rest(kFileStates).substr(0, files) : std::string_view();
}

// Collects paths against what a list can honestly come to: each file of a real package has far more in the store than
// its base name, so the joined paths stay below a small multiple of it, but one long directory shared by very many
// base names would not.
class FileList {
 public:
  FileList(const Header& header, std::size_t count)
      : states_(file_states(header, count)), budget_(4 * header.store.size() + (64U << 10)) {
    files_.reserve(count);
  }

  Status add(std::size_t number, std::string_view directory, std::string_view base) {
    const std::size_t size = directory.size() + base.size();
    if (size > kMaxPath) return fail(ErrorCode::limit, "file list", fmt::format("a path of {} bytes", size));
    if (size > budget_) return fail(ErrorCode::limit, "file list", "its paths are far longer than the header itself");
    budget_ -= size;
    if (!states_.empty() && (states_[number] == kStateNotInstalled || states_[number] == kStateWrongColor)) return {};
    std::string& path = files_.emplace_back();
    path.reserve(size);
    path.append(directory).append(base);
    return {};
  }

  std::vector<std::string> take() { return std::move(files_); }

 private:
  std::string_view states_;
  std::size_t budget_;
  std::vector<std::string> files_;
};

// Packages of before rpm 4 have whole paths.
Result<std::vector<std::string>> read_old_files(const Header& header) {
  OAKUM_TRY(const auto names, read_strings(header, kOldFileNames));
  FileList list(header, names.size());
  for (std::size_t i = 0; i < names.size(); ++i) OAKUM_CHECK(list.add(i, "", names[i]));
  return list.take();
}

Result<std::vector<std::string>> read_files(const Header& header) {
  if (header[kBaseNames].count == 0) return read_old_files(header);
  const Entry& indexes = header[kDirIndexes];
  if (indexes.type != Type::int32) return bad_tag(kDirIndexes, "is not a list of 32-bit numbers");
  if (indexes.count != header[kBaseNames].count) {
    return bad_tag(kDirIndexes, fmt::format("has {} for {} files", indexes.count, header[kBaseNames].count));
  }
  OAKUM_TRY(const auto bases, read_strings(header, kBaseNames));
  OAKUM_TRY(const auto directories, read_strings(header, kDirNames));
  FileList list(header, bases.size());
  for (std::size_t i = 0; i < bases.size(); ++i) {
    const std::uint32_t index = load_be32(header.store, indexes.offset + 4 * i);
    if (index >= directories.size()) {
      return bad_tag(kDirIndexes, fmt::format("names directory {} of {}", index, directories.size()));
    }
    OAKUM_CHECK(list.add(i, directories[index], bases[i]));
  }
  return list.take();
}

Result<std::string> read_required(const Header& header, Tag tag) {
  OAKUM_TRY(const std::string_view text, read_string(header, tag));
  if (text.empty()) return bad_tag(tag, "is missing");
  return std::string(text);
}

Status read_version(const Header& header, Package& package) {
  OAKUM_TRY(package.name, read_required(header, kName));
  OAKUM_TRY(const std::string version, read_required(header, kVersion));
  OAKUM_TRY(const std::string release, read_required(header, kRelease));
  OAKUM_TRY(const auto epoch, read_number(header, kEpoch));
  package.source = {package.name, version + "-" + release};
  if (epoch) package.epoch = std::to_string(*epoch);
  package.version = epoch ? package.epoch + ":" + package.source.version : package.source.version;
  return {};
}

// Left empty when it cannot be read: the package itself counts for more.
void read_optional(const Header& header, Tag tag, std::string& out, std::vector<Error>& errors) {
  if (auto text = read_string(header, tag)) {
    out = *text;
  } else {
    errors.push_back(std::move(text.error()));
  }
}

}  // namespace

SourcePackage parse_source_rpm(std::string_view file) {
  for (const std::string_view suffix : {".src.rpm", ".nosrc.rpm"}) {
    if (!file.ends_with(suffix)) continue;
    file.remove_suffix(suffix.size());
    const std::size_t release = file.rfind('-');
    if (release == std::string_view::npos || release == 0) return {};
    const std::size_t version = file.rfind('-', release - 1);
    if (version == std::string_view::npos || version == 0) return {};
    return {std::string(file.substr(0, version)), std::string(file.substr(version + 1))};
  }
  return {};
}

Result<RpmPackage> parse_rpm_header(std::string_view blob) {
  OAKUM_TRY(const Header header, parse_index(blob));
  RpmPackage result;
  Package& package = result.package;
  OAKUM_CHECK(read_version(header, package));
  package.ecosystem = "rpm";
  std::string source_rpm;
  read_optional(header, kArch, package.arch, result.errors);
  read_optional(header, kVendor, package.vendor, result.errors);
  read_optional(header, kLicense, package.license, result.errors);
  read_optional(header, kModularityLabel, package.module, result.errors);
  read_optional(header, kSourceRpm, source_rpm, result.errors);
  if (SourcePackage source = parse_source_rpm(source_rpm); !source.name.empty()) package.source = std::move(source);
  if (auto files = read_files(header)) {
    package.files = std::move(*files);
  } else {
    result.errors.push_back(std::move(files.error()));
  }
  for (Error& error : result.errors) error = std::move(error).in(package.name);
  return result;
}

}  // namespace oakum::packages
