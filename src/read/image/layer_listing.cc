#include "read/image/layer_listing.h"

#include <algorithm>
#include <memory>

#include "base/digest.h"
#include "base/text.h"
#include "read/image/decompress.h"
#include "read/image/listing_walk.h"
#include "read/image/path.h"

namespace oakum::image {

namespace {

constexpr std::size_t kBlock = 256U << 10;
constexpr std::size_t kTextLimit = 1U << 20;
constexpr std::size_t kKeyLimit = 64U << 10;
constexpr std::size_t kMaxEntries = 4'000'000;
constexpr std::uint64_t kRatioCountsFrom = 64ULL << 20;

constexpr std::string_view kTexts[] = {"etc/passwd",     "etc/group",          "etc/shadow",
                                       "etc/os-release", "usr/lib/os-release", "usr/etc/passwd"};

class ListingVisitor final : public TarVisitor {
 public:
  Result<bool> entry(const TarEntry& entry) override {
    const std::string_view name = last_part(entry.path);
    if (name.starts_with(".wh.")) {
      hide(entry.path, name);
      return false;
    }
    if (listing.entries.size() == kMaxEntries)
      return fail(ErrorCode::limit, "", "has more than " + with_thousands(kMaxEntries) + " entries");
    listing.entries.push_back({std::string(entry.path), entry.type, entry.type == TarType::file ? entry.size : 0,
                               entry.mode, entry.uid, entry.gid, entry.capabilities});
    const bool wanted =
        entry.type == TarType::file && is_listed_text(entry.path, entry.size) && (kept_ += entry.size) <= kListedBytes;
    if (wanted) listing.texts.push_back({std::string(entry.path), {}});
    return wanted;
  }
  void content(std::string_view bytes) override { listing.texts.back().text += bytes; }
  Status end_of_content() override { return {}; }
  void skipped(Error error) override { static_cast<void>(error); }  // an entry without a usable name has no facts

  LayerListing listing;

 private:
  void hide(std::string_view path, std::string_view name) {
    const std::string_view directory = parent_of(path);
    if (name == ".wh..wh..opq") {
      listing.opaque.emplace_back(directory);
    } else if (!name.starts_with(".wh..wh.")) {  // AUFS's own book-keeping
      listing.whiteouts.push_back(join_path(directory, name.substr(4)));
    }
  }

  std::uint64_t kept_ = 0;
};

// The layer's bytes on their way: inflated, hashed, walked.
class Pipeline {
 public:
  Pipeline(const Layer& layer, const Limits& limits, TarVisitor& visitor)
      : limits_(limits),
        tar_(visitor,
             TarLimits{.path = {.bytes = limits.path_bytes, .depth = limits.path_depth}, .entries = limits.entries}),
        hash_(layer.diff_id.empty() ? "sha256" : layer.diff_id.algorithm()),
        inflated_(std::make_unique_for_overwrite<char[]>(kBlock)) {}

  Status feed(std::string_view stored) {
    if (stored_ == 0) {
      const Compression compression = detect_compression(stored);
      if (compression != Compression::none) decompressor_ = make_decompressor(compression);
    }
    stored_ += stored.size();
    return decompressor_ ? inflate(stored) : take(stored);
  }

  Status finish(const Layer& layer) {
    if (decompressor_ && !decompressor_->complete())
      return fail(ErrorCode::invalid, "", "ends in the middle of its compressed data");
    OAKUM_CHECK(tar_.finish());
    const Digest found = hash_.finish();
    if (!layer.diff_id.empty() && found != layer.diff_id)
      return fail(ErrorCode::integrity, "",
                  "its unpacked digest is " + found.text() + ", not " + layer.diff_id.text() + " as stated");
    return {};
  }

 private:
  Status inflate(std::string_view stored) {
    while (true) {
      auto step = decompressor_->step(stored, {inflated_.get(), kBlock});
      if (!step) return std::unexpected<Error>(std::move(step.error()));
      stored.remove_prefix(step->consumed);
      OAKUM_CHECK(take({inflated_.get(), step->produced}));
      const bool full = step->produced == kBlock;
      if (!full && (stored.empty() || (step->consumed == 0 && step->produced == 0))) return {};
    }
  }

  Status take(std::string_view bytes) {
    unpacked_ += bytes.size();
    if (unpacked_ > limits_.layer_bytes)
      return fail(ErrorCode::limit, "", "has more than " + human_bytes(limits_.layer_bytes) + " when unpacked");
    if (unpacked_ > kRatioCountsFrom && unpacked_ / limits_.compression_ratio > stored_)
      return fail(ErrorCode::limit, "", "unpacks to more than its size allows: that is a compression bomb");
    hash_.update(bytes);
    return tar_.feed(bytes);
  }

  const Limits& limits_;
  TarReader tar_;
  Hasher hash_;
  std::unique_ptr<char[]> inflated_;
  std::unique_ptr<Decompressor> decompressor_;
  std::uint64_t stored_ = 0;
  std::uint64_t unpacked_ = 0;
};

Result<LayerListing> list_stream(ByteStream& stream, const Layer& layer, const Limits& limits) {
  ListingVisitor visitor;
  Pipeline pipeline(layer, limits, visitor);
  const auto buffer = std::make_unique_for_overwrite<char[]>(kBlock);
  while (true) {
    OAKUM_TRY(const std::size_t size, stream.read({buffer.get(), kBlock}));
    if (size == 0) break;
    OAKUM_CHECK(pipeline.feed({buffer.get(), size}));
  }
  OAKUM_CHECK(pipeline.finish(layer));
  return std::move(visitor.listing);
}

void put_in_order(LayerListing& listing) {
  std::ranges::stable_sort(listing.entries, {}, &ListedEntry::path);
  // Of equals the last one is the one that an unpacker leaves.
  std::ranges::reverse(listing.entries);
  const auto repeated = std::ranges::unique(listing.entries, {}, &ListedEntry::path);
  listing.entries.erase(repeated.begin(), repeated.end());
  std::ranges::reverse(listing.entries);
}

}  // namespace

bool is_listed_text(std::string_view path, std::uint64_t size) {
  if (size <= kTextLimit && std::ranges::find(kTexts, path) != std::end(kTexts)) return true;
  return size <= kKeyLimit && path.ends_with(".pem");
}

Result<LayerListing> list_layer(ImageSource& source, std::size_t index, const Limits& limits) {
  LayerListing listing;
  if (const auto directory = source.layer_directory(index)) {
    OAKUM_TRY(listing, list_directory(*directory, limits));
  } else {
    OAKUM_TRY(const auto stream, source.open_layer(index));
    OAKUM_TRY(listing, list_stream(*stream, source.image().layers[index], limits));
  }
  put_in_order(listing);
  return listing;
}

}  // namespace oakum::image
