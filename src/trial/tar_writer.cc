#include "trial/tar_writer.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <numeric>

namespace oakum::trial {

namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameLength = 100;

using Block = std::array<char, kBlock>;

void put(Block& block, std::size_t at, std::size_t size, std::string_view text) {
  std::memcpy(block.data() + at, text.data(), std::min(size, text.size()));
}

// An octal number with a NUL behind it.
void put_octal(Block& block, std::size_t at, std::size_t size, std::uint64_t number) {
  std::string digits(size - 1, '0');
  for (std::size_t i = digits.size(); i-- > 0; number >>= 3U) digits[i] = static_cast<char>('0' + (number & 7U));
  put(block, at, size, digits);
}

void put_checksum(Block& block) {
  put(block, 148, 8, "        ");
  const unsigned sum = std::accumulate(block.begin(), block.end(), 0U,
                                       [](unsigned total, char c) { return total + static_cast<unsigned char>(c); });
  put_octal(block, 148, 7, sum);
  block[154] = '\0';
}

}  // namespace

void TarWriter::pad() { bytes_.append((kBlock - bytes_.size() % kBlock) % kBlock, '\0'); }

void TarWriter::add_long(char type, std::string_view text) {
  add_header("././@LongLink", type, text.size() + 1, 0, {});
  bytes_ += text;
  bytes_ += '\0';
  pad();
}

void TarWriter::add_header(const std::string& name, char type, std::uint64_t size, std::uint32_t mode,
                           std::string_view link) {
  if (name.size() > kNameLength) add_long('L', name);
  if (link.size() > kNameLength) add_long('K', link);
  Block block{};
  put(block, 0, kNameLength, name);
  put_octal(block, 100, 8, mode);
  put_octal(block, 108, 8, 0);  // builders give all files to root
  put_octal(block, 116, 8, 0);
  put_octal(block, 124, 12, size);
  put_octal(block, 136, 12, 0);  // equal contents make equal archives
  block[156] = type;
  put(block, 157, kNameLength, link);
  put(block, 257, 8, std::string_view("ustar\00000", 8));
  put_checksum(block);
  bytes_.append(block.data(), block.size());
}

void TarWriter::add_file(const std::string& name, std::string_view bytes, std::uint32_t mode) {
  add_header(name, '0', bytes.size(), mode, {});
  bytes_ += bytes;
  pad();
}

void TarWriter::add_directory(const std::string& name, std::uint32_t mode) { add_header(name + "/", '5', 0, mode, {}); }

void TarWriter::add_link(const std::string& name, const std::string& target) { add_header(name, '2', 0, 0777, target); }

std::string TarWriter::finish() && {
  bytes_.append(2 * kBlock, '\0');
  return std::move(bytes_);
}

}  // namespace oakum::trial
