// Integers at byte offsets of a database file.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace oakum::packages {

// bytes[offset, offset + sizeof(T)) as an unsigned integer; the caller has checked that they are there.
template <class T>
T load(std::string_view bytes, std::size_t offset, std::endian order) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  if (order == std::endian::native) return value;
  if constexpr (sizeof(T) == 4) return __builtin_bswap32(value);
  if constexpr (sizeof(T) == 2) return __builtin_bswap16(value);
  if constexpr (sizeof(T) == 1) return value;
}

inline std::uint32_t load_be32(std::string_view bytes, std::size_t offset) {
  return load<std::uint32_t>(bytes, offset, std::endian::big);
}

inline std::uint32_t load_le32(std::string_view bytes, std::size_t offset) {
  return load<std::uint32_t>(bytes, offset, std::endian::little);
}

}  // namespace oakum::packages
