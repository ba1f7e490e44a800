// What the tests of rpm databases share: headers and containers built byte by byte, whole or broken on purpose.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oakum::packages::rpm_testing {

// Tags and types of rpm's rpmtag.h.
enum : std::uint32_t {
  kName = 1000,
  kVersion = 1001,
  kRelease = 1002,
  kEpoch = 1003,
  kVendor = 1011,
  kLicense = 1014,
  kArch = 1022,
  kOldFileNames = 1027,
  kFileStates = 1029,
  kSourceRpm = 1044,
  kDirIndexes = 1116,
  kBaseNames = 1117,
  kDirNames = 1118,
  kModularityLabel = 5096,
};
enum : std::uint32_t { kChar = 1, kInt16 = 3, kInt32 = 4, kString = 6, kBinary = 7, kStringArray = 8, kI18nString = 9 };

inline std::string be32(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
          static_cast<char>(value)};
}

inline std::string le32(std::uint32_t value) {
  const std::string big = be32(value);
  return {big.rbegin(), big.rend()};
}

inline std::string le16(std::uint32_t value) { return le32(value).substr(0, 2); }

inline void put(std::string& out, std::size_t at, std::string_view bytes) { out.replace(at, bytes.size(), bytes); }

class HeaderBuilder {
 public:
  // An index entry for `data`, which goes to the store.
  HeaderBuilder& add(std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::string_view data) {
    while (type == kInt32 && store_.size() % 4 != 0) store_.push_back('\0');
    entry(tag, type, static_cast<std::uint32_t>(store_.size()), count);
    store_ += data;
    return *this;
  }
  // An index entry as said, whatever the store holds.
  HeaderBuilder& entry(std::uint32_t tag, std::uint32_t type, std::uint32_t offset, std::uint32_t count) {
    index_ += be32(tag) + be32(type) + be32(offset) + be32(count);
    ++entries_;
    return *this;
  }
  HeaderBuilder& text(std::uint32_t tag, const std::string& value) {
    return add(tag, kString, 1, value + std::string(1, '\0'));
  }
  HeaderBuilder& texts(std::uint32_t tag, const std::vector<std::string>& values) {
    std::string data;
    for (const std::string& value : values) data += value + std::string(1, '\0');
    return add(tag, kStringArray, static_cast<std::uint32_t>(values.size()), data);
  }
  HeaderBuilder& numbers(std::uint32_t tag, const std::vector<std::uint32_t>& values) {
    std::string data;
    for (const std::uint32_t value : values) data += be32(value);
    return add(tag, kInt32, static_cast<std::uint32_t>(values.size()), data);
  }
  std::string build() const {
    return be32(entries_) + be32(static_cast<std::uint32_t>(store_.size())) + index_ + store_;
  }

 private:
  std::string index_;
  std::string store_;
  std::uint32_t entries_ = 0;
};

inline HeaderBuilder header_of(const std::string& name) {
  return HeaderBuilder().text(kName, name).text(kVersion, "1.0").text(kRelease, "1").text(kArch, "noarch");
}

inline std::uint32_t adler32(std::string_view bytes) {
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

// Package numbers count from 1.
inline std::string ndb_of(const std::vector<std::string>& headers) {
  std::string slots = "RpmP" + le32(0) + le32(1) + le32(1) + le32(static_cast<std::uint32_t>(headers.size() + 1));
  slots.resize(32);
  std::string blobs;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto number = static_cast<std::uint32_t>(i + 1);
    const auto length = static_cast<std::uint32_t>(headers[i].size());
    std::string blob = "BlbS" + le32(number) + le32(7) + le32(length) + headers[i];
    while ((blob.size() + 12) % 16 != 0) blob.push_back('\0');
    blob += le32(adler32(blob)) + le32(length) + "BlbE";
    slots += "Slot" + le32(number) + le32(static_cast<std::uint32_t>((4096 + blobs.size()) / 16)) +
             le32(static_cast<std::uint32_t>(blob.size() / 16));
    blobs += blob;
  }
  while (slots.size() < 4096) slots += "Slot" + le32(0) + le32(0) + le32(0);
  return slots + blobs;
}

constexpr std::size_t kBdbPage = 512;

// A page of a little-endian Berkeley DB with `type`, the next page and, for overflow pages, how much it holds.
inline std::string bdb_page(std::uint32_t number, char type, std::uint32_t next, std::uint32_t entries,
                            std::uint32_t high_offset) {
  std::string page(8, '\0');
  page += le32(number) + le32(0) + le32(next) + le16(entries) + le16(high_offset);
  page += std::string(1, '\0') + type;
  return page;
}

// Metadata, one hash page with a record per header, then the overflow pages of each header in turn.
inline std::string bdb_of(const std::vector<std::string>& headers) {
  constexpr std::size_t kRoom = kBdbPage - 26;
  std::string table;
  std::string items;  // grows down from the end of the page
  std::string chains;
  std::uint32_t number = 2;
  const auto add_item = [&](const std::string& item) {
    items.insert(0, item);
    table += le16(static_cast<std::uint32_t>(kBdbPage - items.size()));
  };
  for (std::size_t i = 0; i < headers.size(); ++i) {
    add_item("\x01" + le32(static_cast<std::uint32_t>(i + 1)));
    add_item(std::string("\x03\0\0\0", 4) + le32(number) + le32(static_cast<std::uint32_t>(headers[i].size())));
    for (std::size_t at = 0; at < headers[i].size(); at += kRoom, ++number) {
      const std::string part = headers[i].substr(at, kRoom);
      const bool last = at + kRoom >= headers[i].size();
      std::string page = bdb_page(number, 7, last ? 0 : number + 1, 1, static_cast<std::uint32_t>(part.size())) + part;
      page.resize(kBdbPage);
      chains += page;
    }
  }
  std::string meta(kBdbPage, '\0');
  put(meta, 12, le32(0x061561));
  put(meta, 16, le32(9));
  put(meta, 20, le32(kBdbPage));
  put(meta, 25, "\x08");
  put(meta, 32, le32(number - 1));
  const auto entries = static_cast<std::uint32_t>(2 * headers.size());
  std::string hash = bdb_page(1, 13, 0, entries, static_cast<std::uint32_t>(kBdbPage - items.size())) + table;
  hash.resize(kBdbPage - items.size());
  return meta + hash + items + chains;
}

}  // namespace oakum::packages::rpm_testing
