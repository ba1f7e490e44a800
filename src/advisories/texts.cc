#include "advisories/texts.h"

#include <mutex>

#include <zdict.h>
#include <zstd.h>

namespace oakum::advisories {

namespace {

constexpr std::size_t kDictionarySize = 64U << 10;
constexpr std::size_t kFewestSamples = 64;

struct CompressFree {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_CDict* dictionary) const { ZSTD_freeCDict(dictionary); }
};
struct ExpandFree {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};

}  // namespace

std::string train_dictionary(const std::vector<std::string>& samples) {
  if (samples.size() < kFewestSamples) return {};
  std::string joined;
  std::vector<std::size_t> sizes;
  sizes.reserve(samples.size());
  for (const std::string& sample : samples) {
    joined += sample;
    sizes.push_back(sample.size());
  }
  std::string dictionary(kDictionarySize, '\0');
  const std::size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), joined.data(), sizes.data(),
                                                 static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size) != 0U) return {};
  dictionary.resize(size);
  return dictionary;
}

struct TextCompressor::State {
  std::unique_ptr<ZSTD_CCtx, CompressFree> context{ZSTD_createCCtx()};
  std::unique_ptr<ZSTD_CDict, CompressFree> dictionary;
  int level = 3;
};

TextCompressor::TextCompressor(std::string_view dictionary, int level) : state_(std::make_unique<State>()) {
  state_->level = level;
  if (!dictionary.empty()) state_->dictionary.reset(ZSTD_createCDict(dictionary.data(), dictionary.size(), level));
}
TextCompressor::TextCompressor(TextCompressor&&) noexcept = default;
TextCompressor::~TextCompressor() = default;

std::string TextCompressor::compress(std::string_view text) {
  if (!state_->context) return {};
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size =
      state_->dictionary
          ? ZSTD_compress_usingCDict(state_->context.get(), out.data(), out.size(), text.data(), text.size(),
                                     state_->dictionary.get())
          : ZSTD_compressCCtx(state_->context.get(), out.data(), out.size(), text.data(), text.size(), state_->level);
  if (ZSTD_isError(size) != 0U) return {};
  out.resize(size);
  out.shrink_to_fit();
  return out;
}

struct TextExpander::State {
  std::mutex mutex;
  std::unique_ptr<ZSTD_DCtx, ExpandFree> context{ZSTD_createDCtx()};
  std::unique_ptr<ZSTD_DDict, ExpandFree> dictionary;
};

TextExpander::TextExpander(std::string_view dictionary) : state_(std::make_unique<State>()) {
  if (!dictionary.empty()) state_->dictionary.reset(ZSTD_createDDict(dictionary.data(), dictionary.size()));
}
TextExpander::TextExpander(TextExpander&&) noexcept = default;
TextExpander& TextExpander::operator=(TextExpander&&) noexcept = default;
TextExpander::~TextExpander() = default;

Result<std::string> TextExpander::expand(std::string_view bytes) const {
  const auto damaged = [] { return fail(ErrorCode::integrity, "advisory database", "a text of it is damaged"); };
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMaxText) return damaged();
  const std::lock_guard lock(state_->mutex);
  ZSTD_DCtx* const context = state_->context.get();
  if (context == nullptr) return fail(ErrorCode::limit, "advisory database", "no memory to unpack a text of it");
  std::string text(size, '\0');
  const std::size_t got = state_->dictionary
                              ? ZSTD_decompress_usingDDict(context, text.data(), text.size(), bytes.data(),
                                                           bytes.size(), state_->dictionary.get())
                              : ZSTD_decompressDCtx(context, text.data(), text.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) != 0U || got != size) return damaged();
  return text;
}

}  // namespace oakum::advisories
