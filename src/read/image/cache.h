// What was learned of layers, kept between runs: docs/layer-cache.md. One file per layer; any number of processes may
// read and write at once without locks, because files appear whole, by rename, and are never changed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "read/image/layer_findings.h"
#include "read/image/wanted.h"

namespace oakum::image {

inline constexpr std::uint32_t kCacheFormatVersion = 1;

// Of the file as it is stored; nullopt unless every check holds. Borrowed by the result through `owner`.
std::optional<LayerFindings> read_cached(std::string_view file, std::string_view key,
                                         std::shared_ptr<const void> owner);
std::string cache_file(const LayerFindings& findings, std::string_view key);

class LayerCache {
 public:
  // No cache when `directory` is empty.
  explicit LayerCache(std::string directory) : directory_(std::move(directory)) {}

  // A miss for whatever reason — absent, damaged, of another version — is nullopt.
  std::optional<LayerFindings> load(const Digest& diff_id, const std::vector<Alias>& aliases) const;
  // Best effort: a cache that cannot be written makes the next run slower and this one no worse.
  void store(const Digest& diff_id, const std::vector<Alias>& aliases, const LayerFindings& findings) const;

 private:
  std::string directory_;
};

}  // namespace oakum::image
