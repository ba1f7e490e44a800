#include "read/image/decompress.h"

#include <algorithm>
#include <limits>

#include <isa-l/igzip_lib.h>
#include <zstd.h>

namespace oakum::image {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kGzipMagic = "\x1F\x8B"sv;
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD"sv;
constexpr std::string_view kSkippableMagic = "\x2A\x4D\x18"sv;  // after one byte 0x50 to 0x5F

// What the zstd command accepts without being told; a frame that asks for more asks for that much memory.
constexpr int kMaxWindowLog = 27;

bool is_skippable_frame(std::string_view bytes) {
  return bytes.size() >= 4 && (static_cast<unsigned char>(bytes[0]) & 0xF0) == 0x50 &&
         bytes.substr(1, 3) == kSkippableMagic;
}

std::uint32_t clamp32(std::size_t size) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(size, std::numeric_limits<std::int32_t>::max()));
}

std::string_view reason(int isal_status) {
  switch (isal_status) {
    case ISAL_INVALID_WRAPPER:
      return "has a malformed header";
    case ISAL_UNSUPPORTED_METHOD:
      return "uses an unknown compression method";
    case ISAL_INCORRECT_CHECKSUM:
      return "does not match its checksum";
    default:
      return "is damaged";
  }
}

class GzipDecompressor final : public Decompressor {
 public:
  GzipDecompressor() {
    isal_inflate_init(&state_);
    state_.crc_flag = ISAL_GZIP;
  }

  Result<Step> step(std::string_view in, std::span<char> out) override {
    Step total;
    while (true) {
      if (state_.block_state == ISAL_BLOCK_FINISH && !next_member(in, total)) return total;
      if (total.produced == out.size()) return total;
      const std::string_view rest = in.substr(total.consumed);
      OAKUM_TRY(const Step step, inflate(rest, out.subspan(total.produced)));
      total.consumed += step.consumed;
      total.produced += step.produced;
      const bool stuck = step.consumed == 0 && step.produced == 0;
      if (state_.block_state != ISAL_BLOCK_FINISH && (stuck || total.consumed == in.size())) return total;
    }
  }

  bool complete() const override { return state_.block_state == ISAL_BLOCK_FINISH; }

 private:
  Result<Step> inflate(std::string_view in, std::span<char> out) {
    // ISA-L takes a pointer to mutable bytes but does not write to them.
    state_.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(in.data()));
    state_.avail_in = clamp32(in.size());
    state_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    state_.avail_out = clamp32(out.size());
    const std::uint32_t offered = state_.avail_in;
    const std::uint32_t room = state_.avail_out;
    const int status = isal_inflate(&state_);
    if (status < ISAL_DECOMP_OK || status == ISAL_NEED_DICT) {
      return fail(ErrorCode::invalid, "gzip stream", std::string(reason(status)));
    }
    return Step{.consumed = offered - state_.avail_in, .produced = room - state_.avail_out};
  }

  // Between members: starts the next one when its magic number comes. What else follows the last member (zeros of a
  // padded file, mostly) is no part of the stream and read over, as gzip(1) does.
  bool next_member(std::string_view in, Step& total) {
    while (total.consumed < in.size()) {
      if (trailing_ || in[total.consumed] != kGzipMagic[magic_seen_]) {
        trailing_ = true;
        magic_seen_ = 0;
        total.consumed = in.size();
        return false;
      }
      ++total.consumed;
      if (++magic_seen_ < kGzipMagic.size()) continue;
      magic_seen_ = 0;
      isal_inflate_reset(&state_);
      state_.crc_flag = ISAL_GZIP;
      feed_magic();
      return true;
    }
    return false;
  }

  // The magic number may have come in two pieces; it is handed to the inflater from here, which keeps what it read.
  void feed_magic() {
    char nothing = 0;
    static_cast<void>(inflate(kGzipMagic, {&nothing, 0}));
  }

  inflate_state state_{};
  std::size_t magic_seen_ = 0;
  bool trailing_ = false;
};

class ZstdDecompressor final : public Decompressor {
 public:
  ZstdDecompressor() : context_(ZSTD_createDCtx()) {
    if (context_ != nullptr) ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, kMaxWindowLog);
  }
  ~ZstdDecompressor() override { ZSTD_freeDCtx(context_); }
  ZstdDecompressor(const ZstdDecompressor&) = delete;
  ZstdDecompressor& operator=(const ZstdDecompressor&) = delete;

  Result<Step> step(std::string_view in, std::span<char> out) override {
    if (context_ == nullptr) return fail(ErrorCode::limit, "zstd stream", "no memory for it");
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    while (output.pos < output.size) {
      const std::size_t before_in = input.pos;
      const std::size_t before_out = output.pos;
      const std::size_t status = ZSTD_decompressStream(context_, &output, &input);
      if (ZSTD_isError(status) != 0) return failure(status);
      if (input.pos != before_in || output.pos != before_out) complete_ = status == 0;
      if (input.pos == input.size && (output.pos < output.size || status == 0)) break;
      if (input.pos == before_in && output.pos == before_out) break;
    }
    return Step{.consumed = input.pos, .produced = output.pos};
  }

  bool complete() const override { return complete_; }

 private:
  static std::unexpected<Error> failure(std::size_t status) {
    const std::string_view name = ZSTD_getErrorName(status);
    if (name.find("memory") != std::string_view::npos) {
      return fail(ErrorCode::limit, "zstd stream", "needs a window of more than 128 MiB");
    }
    return fail(ErrorCode::invalid, "zstd stream", "is damaged (" + std::string(name) + ")");
  }

  ZSTD_DCtx* context_;
  bool complete_ = false;
};

}  // namespace

Compression detect_compression(std::string_view first_bytes) {
  if (first_bytes.starts_with(kGzipMagic)) return Compression::gzip;
  if (first_bytes.starts_with(kZstdMagic) || is_skippable_frame(first_bytes)) return Compression::zstd;
  return Compression::none;
}

std::unique_ptr<Decompressor> make_decompressor(Compression compression) {
  if (compression == Compression::zstd) return std::make_unique<ZstdDecompressor>();
  return std::make_unique<GzipDecompressor>();
}

}  // namespace oakum::image
