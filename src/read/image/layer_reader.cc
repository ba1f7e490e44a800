#include "read/image/layer_reader.h"

#include <algorithm>

#include "base/text.h"
#include "read/image/path.h"

namespace oakum::image {

namespace {

// A block and what it is inflated from fit a second-level cache; a handful of them keep both halves busy.
constexpr std::size_t kBlockSize = 256 << 10;
constexpr std::size_t kMaxBlocks = 12;
constexpr std::uint64_t kRatioCountsFrom = 64ULL << 20;

constexpr std::string_view kWhiteout = ".wh.";
constexpr std::string_view kOpaque = ".wh..wh..opq";
constexpr std::string_view kAufsMeta = ".wh..wh.";

std::string_view algorithm_of(const Digest& digest) { return digest.empty() ? "sha256" : digest.algorithm(); }

Status mismatch(std::string_view which, const Digest& stated, const Digest& found) {
  return fail(ErrorCode::integrity, "",
              std::string(which) + " digest is " + found.text() + ", not " + stated.text() + " as stated",
              "the layer is damaged or not the one that was asked for: fetch it again");
}

}  // namespace

Result<bool> LayerVisitor::entry(const TarEntry& entry) {
  const std::string_view name = last_part(entry.path);
  const auto done = [](Status status) -> Result<bool> {
    return status ? Result<bool>(false) : std::unexpected<Error>(std::move(status.error()));
  };
  if (name.starts_with(kWhiteout)) {
    const std::string_view directory = parent_of(entry.path);
    if (name == kOpaque) return done(builder_.opaque(directory));
    // Other names with the double prefix are AUFS's own book-keeping.
    if (name.starts_with(kAufsMeta)) return false;
    return done(builder_.whiteout(join_path(directory, name.substr(kWhiteout.size()))));
  }
  switch (entry.type) {
    case TarType::file: {
      auto wanted = builder_.file(entry.path, entry.size);
      // The size has passed its limit; memory is touched as content comes, not for what the header says.
      if (wanted && *wanted) captured_.reserve(static_cast<std::size_t>(entry.size));
      return wanted;
    }
    case TarType::hard_link:
      return done(builder_.hard_link(entry.path, entry.link));
    case TarType::symlink:
      return done(builder_.symlink(entry.path, entry.link));
    case TarType::directory:
      return done(builder_.directory(entry.path));
    case TarType::other:
      return done(builder_.other(entry.path));
  }
  return false;
}

Status LayerVisitor::end_of_content() {
  Status status = builder_.captured(captured_);
  captured_ = std::string();
  return status;
}

LayerReader::LayerReader(const Layer& layer, const WantedPaths& wanted, const Limits& limits,
                         std::function<void(std::uint64_t)> on_bytes)
    : layer_(layer),
      limits_(limits),
      on_bytes_(std::move(on_bytes)),
      builder_(wanted, BuildLimits{.captured_bytes = limits.captured_bytes}),
      visitor_(builder_),
      tar_(visitor_,
           TarLimits{.path = {.bytes = limits.path_bytes, .depth = limits.path_depth}, .entries = limits.entries}),
      tar_hash_(algorithm_of(layer.diff_id)) {}

Result<LayerFindings> LayerReader::run(std::unique_ptr<ByteStream> stream) {
  Status status = produce(*stream);
  wait_until_consumed();
  end();
  // A fault of the second half comes first: the first half stops because of it.
  if (failure_) return std::unexpected<Error>(std::move(*failure_));
  if (!status) return std::unexpected<Error>(std::move(status.error()));
  return finish();
}

Status LayerReader::produce(ByteStream& stream) {
  OAKUM_TRY(Block first, read_block(stream));
  const std::string_view start(first.bytes.get(), first.size);
  const Compression compression = detect_compression(start);
  const bool digests_agree = algorithm_of(layer_.blob) == algorithm_of(layer_.diff_id);
  same_bytes_ = compression == Compression::none && digests_agree;
  if (!layer_.blob.empty() && !same_bytes_) stored_hash_.emplace(layer_.blob.algorithm());
  if (compression == Compression::none) return produce_plain(stream, std::move(first));
  return produce_inflated(stream, std::move(first), compression);
}

Result<LayerReader::Block> LayerReader::read_block(ByteStream& stream) {
  Block block = take_block();
  while (block.size < kBlockSize) {
    auto n = stream.read({block.bytes.get() + block.size, kBlockSize - block.size});
    if (!n) return std::unexpected<Error>(std::move(n.error()));
    if (*n == 0) break;
    block.size += *n;
    // Small reads are not gathered for long: the other half may be waiting for them.
    if (block.size >= kBlockSize / 2) break;
  }
  stored_bytes_ += block.size;
  if (on_bytes_ && block.size > 0) on_bytes_(block.size);
  return block;
}

Status LayerReader::check_size(std::uint64_t more) {
  tar_bytes_ += more;
  if (tar_bytes_ > limits_.layer_bytes) {
    return fail(ErrorCode::limit, "", "has more than " + human_bytes(limits_.layer_bytes) + " when unpacked");
  }
  if (tar_bytes_ > kRatioCountsFrom && tar_bytes_ / limits_.compression_ratio > stored_bytes_) {
    return fail(ErrorCode::limit, "",
                "unpacks to more than " + with_thousands(limits_.compression_ratio) +
                    " times its size: that is a compression bomb");
  }
  return {};
}

Status LayerReader::produce_plain(ByteStream& stream, Block first) {
  Block block = std::move(first);
  while (block.size > 0) {
    OAKUM_CHECK(check_size(block.size));
    block.tar = true;
    block.stored = stored_hash_.has_value();
    if (!publish(std::move(block))) return {};
    OAKUM_TRY(block, read_block(stream));
  }
  return {};
}

Status LayerReader::produce_inflated(ByteStream& stream, Block first, Compression compression) {
  const auto decompressor = make_decompressor(compression);
  Block block = std::move(first);
  while (block.size > 0) {
    OAKUM_CHECK(inflate(*decompressor, {block.bytes.get(), block.size}));
    block.stored = true;
    if (!publish(std::move(block))) return {};
    OAKUM_TRY(block, read_block(stream));
  }
  if (decompressor->complete()) return {};
  if (layer_.size > stored_bytes_) {
    return fail(ErrorCode::invalid, "",
                "ends after " + with_thousands(stored_bytes_) + " of " + with_thousands(layer_.size) + " bytes");
  }
  return fail(ErrorCode::invalid, "",
              "ends after " + with_thousands(stored_bytes_) + " bytes in the middle of its compressed data");
}

// Everything that `stored` inflates to. Blocks go out when they are full, and at the end of each stored block: what
// stays in the inflater comes with the next one.
Status LayerReader::inflate(Decompressor& decompressor, std::string_view stored) {
  while (true) {
    Block block = take_block();
    auto step = decompressor.step(stored, {block.bytes.get(), kBlockSize});
    if (!step) return std::unexpected<Error>(std::move(step.error()));
    stored.remove_prefix(step->consumed);
    block.size = step->produced;
    block.tar = true;
    const bool full = block.size == kBlockSize;
    OAKUM_CHECK(check_size(block.size));
    if (!publish(std::move(block))) return {};
    if (!full && (stored.empty() || (step->consumed == 0 && step->produced == 0))) return {};
  }
}

LayerReader::Block LayerReader::take_block() {
  std::unique_lock lock(mutex_);
  // Without a helper nothing waits in the queue for long: publish() has emptied it.
  changed_.wait(lock, [&] { return !free_.empty() || blocks_ < kMaxBlocks; });
  if (!free_.empty()) {
    Block block = std::move(free_.back());
    free_.pop_back();
    return block;
  }
  ++blocks_;
  lock.unlock();
  return Block{.bytes = std::make_unique_for_overwrite<char[]>(kBlockSize)};
}

bool LayerReader::publish(Block block) {
  std::unique_lock lock(mutex_);
  queue_.push_back(std::move(block));
  if (helper_) {
    changed_.notify_all();
    return !failure_;
  }
  while (!helper_ && !queue_.empty()) consume_one(lock);
  return !failure_;
}

// Takes the next block through the second half. Only one thread at a time gets here with `consuming_` unset: the one
// that runs while there is no helper, or the helper, who waits for it to be unset.
void LayerReader::consume_one(std::unique_lock<std::mutex>& lock) {
  Block block = std::move(queue_.front());
  queue_.pop_front();
  consuming_ = true;
  const bool useless = failure_.has_value();
  lock.unlock();
  Status status = useless ? Status() : consume(block);
  lock.lock();
  consuming_ = false;
  if (!status) failure_ = std::move(status.error());
  block.size = 0;
  block.stored = block.tar = false;
  free_.push_back(std::move(block));
  changed_.notify_all();
}

Status LayerReader::consume(const Block& block) {
  const std::string_view bytes(block.bytes.get(), block.size);
  if (block.stored && stored_hash_) stored_hash_->update(bytes);
  if (!block.tar) return {};
  tar_hash_.update(bytes);
  return tar_.feed(bytes);
}

void LayerReader::wait_until_consumed() {
  std::unique_lock lock(mutex_);
  while (!helper_ && !queue_.empty()) consume_one(lock);
  changed_.wait(lock, [&] { return queue_.empty() && !consuming_; });
}

void LayerReader::end() {
  const std::scoped_lock lock(mutex_);
  ended_ = true;
  free_.clear();
  changed_.notify_all();
}

void LayerReader::help() {
  std::unique_lock lock(mutex_);
  if (helper_ || ended_) return;
  helper_ = true;
  while (true) {
    changed_.wait(lock, [&] { return ended_ || (!queue_.empty() && !consuming_); });
    if (ended_) return;
    consume_one(lock);
  }
}

Result<LayerFindings> LayerReader::finish() {
  if (layer_.size > stored_bytes_) {
    return fail(ErrorCode::invalid, "",
                "ends after " + with_thousands(stored_bytes_) + " of " + with_thousands(layer_.size) + " bytes");
  }
  if (Status status = tar_.finish(); !status) return std::unexpected<Error>(std::move(status.error()));
  const Digest tar = tar_hash_.finish();
  if (!layer_.blob.empty()) {
    const Digest stored = stored_hash_ ? stored_hash_->finish() : tar;
    if (stored != layer_.blob) OAKUM_CHECK(mismatch("its", layer_.blob, stored));
  }
  if (!layer_.diff_id.empty() && tar != layer_.diff_id) OAKUM_CHECK(mismatch("its unpacked", layer_.diff_id, tar));
  return builder_.finish(tar_.entries());
}

}  // namespace oakum::image
