// One layer's bytes, from the source to its findings: read, inflate, hash, walk, analyse.
//
// The work comes in two halves with a queue of blocks between them: reading and inflating, and hashing and walking. The
// thread that calls run() does the first, and the second too as long as nobody helps: then it takes each block while it
// is still in its cache. Another thread may join with help() at any moment and takes over the second half until the
// layer ends. So one big layer uses two processors and many small ones use all, without a thread per layer.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/error.h"
#include "base/stream.h"
#include "model/image.h"
#include "read/image/decompress.h"
#include "read/image/layer_findings.h"
#include "read/image/scan.h"
#include "read/image/tar.h"

namespace oakum::image {

// Feeds a LayerBuilder from a tar walk; knows whiteouts.
class LayerVisitor final : public TarVisitor {
 public:
  explicit LayerVisitor(LayerBuilder& builder) : builder_(builder) {}
  Result<bool> entry(const TarEntry& entry) override;
  void content(std::string_view bytes) override { captured_ += bytes; }
  Status end_of_content() override;
  void skipped(Error error) override { builder_.error(std::move(error)); }

 private:
  LayerBuilder& builder_;
  std::string captured_;
};

class LayerReader {
 public:
  // `wanted` and `limits` outlive it. `on_bytes` is told how many stored bytes were just read; it may be empty.
  LayerReader(const Layer& layer, const WantedPaths& wanted, const Limits& limits,
              std::function<void(std::uint64_t)> on_bytes);

  // Reads `stream` to its end. An error's `what` is empty or a place inside the layer; the caller names the layer.
  Result<LayerFindings> run(std::unique_ptr<ByteStream> stream);
  // Returns when the layer has ended, or at once when it already has or another helper is there.
  void help();

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
    bool stored = false;  // hashed as the stored bytes
    bool tar = false;     // hashed as the tar, and walked
  };

  Status produce(ByteStream& stream);
  Status produce_plain(ByteStream& stream, Block first);
  Status produce_inflated(ByteStream& stream, Block first, Compression compression);
  Status inflate(Decompressor& decompressor, std::string_view stored);
  Result<Block> read_block(ByteStream& stream);
  Status check_size(std::uint64_t more);
  Block take_block();
  // Hands a filled block to the second half; false when that has failed and more is of no use.
  bool publish(Block block);
  void consume_one(std::unique_lock<std::mutex>& lock);
  Status consume(const Block& block);
  void wait_until_consumed();
  void end();
  Result<LayerFindings> finish();

  Layer layer_;
  Limits limits_;
  std::function<void(std::uint64_t)> on_bytes_;
  LayerBuilder builder_;
  LayerVisitor visitor_;
  TarReader tar_;
  Hasher tar_hash_;
  std::optional<Hasher> stored_hash_;  // when the source states a digest of the bytes as stored
  bool same_bytes_ = false;            // stored plain: one hash serves both
  std::uint64_t stored_bytes_ = 0;
  std::uint64_t tar_bytes_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Under mutex_:
  std::deque<Block> queue_;
  std::vector<Block> free_;
  std::size_t blocks_ = 0;  // that exist
  bool helper_ = false;
  bool consuming_ = false;        // somebody is in consume()
  bool ended_ = false;            // nothing comes any more
  std::optional<Error> failure_;  // of the second half
};

}  // namespace oakum::image
