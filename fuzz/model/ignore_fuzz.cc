#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "model/ignore.h"

// First line: a pattern; the rest: a path. What leaves a directory out leaves out what is below it, and a pattern taken
// back by its own negation leaves nothing out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end = text.find('\n');
  if (end == std::string_view::npos || size > 4096) return 0;
  const std::string pattern(text.substr(0, end));
  const std::string path(text.substr(end + 1));
  if (path.empty() || path.front() == '.' || path.front() == '/') return 0;  // "." and "/" in front do not count
  const bool matches = oakum::matches_path_or_parent(pattern, path);
  if (matches && !oakum::matches_path_or_parent(pattern, path + "/below")) std::abort();
  if (oakum::is_ignored({{pattern, false, 1}}, path) != matches) std::abort();
  if (oakum::is_ignored({{pattern, false, 1}, {pattern, true, 2}}, path)) std::abort();
  return 0;
}
