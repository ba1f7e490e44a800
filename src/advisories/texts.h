// Long texts, compressed with Zstandard (RFC 8878) and, in the database, one dictionary trained on the texts
// themselves.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace oakum::advisories {

inline constexpr std::size_t kMaxText = 4U << 20;  // of one vulnerability, unpacked

// Trained on `samples`, in their order: equal samples give an equal dictionary. Empty when they are too few to learn
// from.
std::string train_dictionary(const std::vector<std::string>& samples);

class TextCompressor {
 public:
  TextCompressor(std::string_view dictionary, int level);
  TextCompressor(TextCompressor&&) noexcept;
  ~TextCompressor();
  // Empty when the library fails, which it does only without memory.
  std::string compress(std::string_view text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class TextExpander {
 public:
  explicit TextExpander(std::string_view dictionary);
  TextExpander(TextExpander&&) noexcept;
  TextExpander& operator=(TextExpander&&) noexcept;
  ~TextExpander();
  Result<std::string> expand(std::string_view bytes) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oakum::advisories
