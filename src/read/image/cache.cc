#include "read/image/cache.h"

#include <atomic>
#include <cstdio>
#include <memory>

#include <fcntl.h>
#include <isa-l/crc64.h>
#include <unistd.h>

#include "base/fd.h"
#include "read/image/wire.h"

namespace oakum::image {

namespace {

constexpr std::string_view kMagic = "OAKUMLYR";

std::uint64_t checksum(std::string_view bytes) {
  return crc64_ecma_refl(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

// Everything that decides what a layer's findings are. Aliases are part of it: they widen what is looked for.
std::string key_of(const Digest& diff_id, const std::vector<Alias>& aliases) {
  std::string key = diff_id.text() + " analysers " + std::to_string(packages::kAnalyserVersion);
  for (const Alias& alias : aliases) key += '\n' + alias.real + '\0' + alias.wanted;
  return key;
}

std::string path_of(const std::string& directory, const std::string& key) {
  const Digest name = Digest::sha256_of(key);
  return directory + "/" + std::string(name.hex().substr(0, 2)) + "/" + std::string(name.hex().substr(2));
}

}  // namespace

std::string cache_file(const LayerFindings& findings, std::string_view key) {
  WireWriter body;
  body.number(kCacheFormatVersion);
  body.text(key);
  body.text(findings.bytes());
  WireWriter sum;
  sum.fixed(checksum(body.bytes()));
  std::string file(kMagic);
  file += sum.bytes();
  return file += body.bytes();
}

std::optional<LayerFindings> read_cached(std::string_view file, std::string_view key,
                                         std::shared_ptr<const void> owner) {
  if (!file.starts_with(kMagic)) return std::nullopt;
  file.remove_prefix(kMagic.size());
  WireReader in(file);
  const std::uint64_t sum = in.fixed();
  if (!in.ok() || checksum(file.substr(8)) != sum) return std::nullopt;
  if (in.number() != kCacheFormatVersion || in.text() != key) return std::nullopt;
  const std::string_view findings = in.text();
  if (!in.done()) return std::nullopt;
  return LayerFindings::parse(findings, std::move(owner));
}

std::optional<LayerFindings> LayerCache::load(const Digest& diff_id, const std::vector<Alias>& aliases) const {
  if (directory_.empty() || diff_id.empty()) return std::nullopt;
  const std::string key = key_of(diff_id, aliases);
  auto mapped = MappedFile::open(path_of(directory_, key));
  if (!mapped) return std::nullopt;
  auto owner = std::make_shared<const MappedFile>(std::move(*mapped));
  const std::string_view bytes = owner->bytes();
  return read_cached(bytes, key, std::move(owner));
}

void LayerCache::store(const Digest& diff_id, const std::vector<Alias>& aliases, const LayerFindings& findings) const {
  if (directory_.empty() || diff_id.empty()) return;
  static std::atomic<unsigned> serial{0};
  const std::string key = key_of(diff_id, aliases);
  const std::string path = path_of(directory_, key);
  if (!make_directories(path.substr(0, path.rfind('/')), 0700)) return;
  const std::string beside = path + "." + std::to_string(::getpid()) + "." + std::to_string(serial.fetch_add(1));
  bool written = false;
  {
    auto file = open_file(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (!file) return;
    // Not synced: after a crash of the machine the checksum tells a damaged file, and that is a miss.
    written = write_all(file->get(), cache_file(findings, key), beside).has_value();
  }
  if (!written || std::rename(beside.c_str(), path.c_str()) != 0) static_cast<void>(std::remove(beside.c_str()));
}

}  // namespace oakum::image
