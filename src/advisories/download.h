// Keeping a copy of one upstream file: asked for only when it changed, resumed where it broke off, put in place whole.
#pragma once

#include <cstdint>
#include <string>

#include "advisories/feed.h"
#include "base/error.h"
#include "net/retry.h"

namespace oakum::advisories {

struct DownloadOptions {
  std::string folder;                    // the mirror's root
  std::string mirror_url;                // "https://mirror.example/feeds": fetched from there as URL/PATH
  std::uint64_t max_bytes = 8ULL << 30;  // of one file
  net::RetryPolicy retry;
};

enum class Fetched : std::uint8_t { updated, unchanged };

// What is known of files is kept in the folder ".state" of the mirror: PATH.validators (ETag, Last-Modified and size of
// the file there), PATH.part and PATH.part.validators (of one that is not yet whole).
Result<Fetched> download(const Download& what, const DownloadOptions& options);

// The day of the Last-Modified with which the file at `path` of the mirror came; empty when it was not fetched, the
// server gave none, or the file there is of another size.
std::string last_modified_day(const std::string& folder, const std::string& path);

}  // namespace oakum::advisories
