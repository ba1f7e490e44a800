// The last bytes of a database file: what its length and content must be. LMDB does not look past its last page, so
// the file stays one that its tools read. docs/database.md, "Trailer".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum::advisories {

inline constexpr std::size_t kTrailerSize = 128;

struct Trailer {
  std::uint64_t format = 0;
  std::uint64_t bytes = 0;  // of the file before the trailer
  std::string digest;       // sha256 of those, as "sha256:…"
};

std::string encode(const Trailer& trailer);
std::optional<Trailer> decode_trailer(std::string_view bytes);

// Reads and checks it against the file's length, in one system call or two; the bytes before are not read.
Result<Trailer> read_trailer(const std::string& path);

}  // namespace oakum::advisories
