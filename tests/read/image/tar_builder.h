// Tar archives made in code, well-formed or not.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

namespace oakum::image::testing {

class TarBuilder {
 public:
  TarBuilder& file(std::string_view path, std::string_view content) {
    return header(path, '0', content.size()).raw(content).pad();
  }
  TarBuilder& directory(std::string_view path) { return header(path, '5', 0); }
  TarBuilder& symlink(std::string_view path, std::string_view target) { return header(path, '2', 0, target); }
  TarBuilder& hard_link(std::string_view path, std::string_view target) { return header(path, '1', 0, target); }
  TarBuilder& device(std::string_view path) { return header(path, '3', 0); }

  // One pax record; the header of the next entry follows.
  TarBuilder& pax(std::string_view key, std::string_view value, char type = 'x') {
    const std::string record = pax_record(key, value);
    return header("PaxHeaders/x", type, record.size()).raw(record).pad();
  }
  static std::string pax_record(std::string_view key, std::string_view value) {
    const std::string rest = " " + std::string(key) + "=" + std::string(value) + "\n";
    std::size_t size = rest.size() + 1;
    while (std::to_string(size).size() + rest.size() != size) size = std::to_string(size).size() + rest.size();
    return std::to_string(size) + rest;
  }
  TarBuilder& gnu_long(char type, std::string_view name) {
    const std::string text = std::string(name) + '\0';
    return header("././@LongLink", type, text.size()).raw(text).pad();
  }

  // `size` is what the header claims.
  TarBuilder& header(std::string_view path, char type, std::uint64_t size, std::string_view link = {},
                     bool ustar = true) {
    std::string block(512, '\0');
    block.replace(0, std::min<std::size_t>(path.size(), 100), path.substr(0, 100));
    put(block, 100, "0000644");
    char digits[32];
    std::snprintf(digits, sizeof digits, "%011llo", static_cast<unsigned long long>(size));
    put(block, 124, digits);
    block[156] = type;
    block.replace(157, std::min<std::size_t>(link.size(), 100), link.substr(0, 100));
    if (ustar)
      block.replace(257, 8,
                    std::string_view("ustar\0"
                                     "00",
                                     8));
    seal(block);
    return raw(block);
  }
  static void put(std::string& block, std::size_t at, std::string_view text) { block.replace(at, text.size(), text); }
  static void seal(std::string& block) {
    put(block, 148, "        ");
    unsigned sum = 0;
    for (const char c : block) sum += static_cast<unsigned char>(c);
    char digits[16];
    std::snprintf(digits, sizeof digits, "%06o", sum);
    put(block, 148, std::string_view(digits, 7));
  }

  TarBuilder& raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
  }
  TarBuilder& pad() {
    bytes_.resize((bytes_.size() + 511) / 512 * 512);
    return *this;
  }
  TarBuilder& end() { return raw(std::string(1024, '\0')); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace oakum::image::testing
