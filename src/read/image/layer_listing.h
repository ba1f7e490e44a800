// Everything that lies in one layer, by name: what image facts are made of. Streamed; nothing is unpacked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "read/image/scan.h"
#include "read/image/source.h"
#include "read/image/tar.h"

namespace oakum::image {

struct ListedEntry {
  std::string path;  // normalised (path.h)
  TarType type = TarType::file;
  std::uint64_t size = 0;  // of files
  std::uint32_t mode = 0, uid = 0, gid = 0;
  bool capabilities = false;
};

// A small file whose text is asked for.
struct ListedText {
  std::string path;
  std::string text;
};

struct LayerListing {
  std::vector<ListedEntry> entries;  // sorted by path; of two with one path the last one stays
  std::vector<std::string> whiteouts, opaque;
  std::vector<ListedText> texts;
};

// Whether a file's content is kept: passwd, group, shadow and os-release up to 1 MiB, and .pem files up to 64 KiB,
// which may hold certificates or keys.
bool is_listed_text(std::string_view path, std::uint64_t size);
// Of all files of one layer; the content of what comes after is not kept.
inline constexpr std::uint64_t kListedBytes = 64U << 20;

// Layer `index` of the image, from its stream or its directory. Digests are verified. Beyond the limits (and 4,000,000
// entries) it is an error of code `limit`.
Result<LayerListing> list_layer(ImageSource& source, std::size_t index, const Limits& limits);

}  // namespace oakum::image
