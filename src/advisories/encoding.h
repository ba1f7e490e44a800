// The bytes of the database's values: numbers as LEB128, texts with their length before them, lists with their count.
// docs/database.md, "Values". A Reader never reads past its bytes: after the first fault everything reads as empty and
// ok() is false, so that a decoder checks once, at its end.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace oakum::advisories {

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void number(std::uint64_t value) {
    while (value >= 0x80) {
      out_.push_back(static_cast<char>(value | 0x80));
      value >>= 7;
    }
    out_.push_back(static_cast<char>(value));
  }
  void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void text(std::string_view value) {
    number(value.size());
    out_.append(value);
  }
  void real(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (unsigned shift = 0; shift < 64; shift += 8) out_.push_back(static_cast<char>(bits >> shift));
  }

 private:
  std::string& out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }
  // A well-formed value ends where its bytes do.
  bool finished() const { return ok_ && rest_.empty(); }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      if (shift == 63 && byte > 1) break;
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    fault();
    return 0;
  }
  std::uint8_t byte() {
    if (rest_.empty()) {
      fault();
      return 0;
    }
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  // A value of an enumeration whose last member is `last`.
  template <class Enum>
  Enum one_of(Enum last) {
    const std::uint8_t value = byte();
    if (value > static_cast<std::uint8_t>(last)) {
      fault();
      return Enum{};
    }
    return static_cast<Enum>(value);
  }
  std::string_view text() {
    const std::uint64_t size = number();
    if (size > rest_.size()) {
      fault();
      return {};
    }
    const std::string_view value = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return value;
  }
  double real() {
    if (rest_.size() < 8) {
      fault();
      return 0;
    }
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 8; ++i) bits |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    rest_.remove_prefix(8);
    return std::bit_cast<double>(bits);
  }
  // The count of a list whose items take at least one byte each: a greater one than bytes are left is a fault.
  std::size_t count() {
    const std::uint64_t value = number();
    if (value > rest_.size()) {
      fault();
      return 0;
    }
    return value;
  }
  std::string_view rest() const { return rest_; }
  void fault() {
    ok_ = false;
    rest_ = {};
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace oakum::advisories
