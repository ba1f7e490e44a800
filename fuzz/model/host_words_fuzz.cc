#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "model/host_words.h"

// Words are pieces of the text, in its order and apart from each other, and each of them alone is a word again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const char* behind = text.data();
  for (const std::string_view word : oakum::host_words(text)) {
    if (word.empty() || word.data() < behind || word.data() + word.size() > text.data() + text.size()) std::abort();
    behind = word.data() + word.size();
    const auto again = oakum::host_words(word);
    if (again.size() != 1 || again.front() != word) std::abort();
  }
  return 0;
}
