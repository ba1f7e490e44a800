#include "model/ignore.h"

#include <cstdint>
#include <string>

#include "base/text.h"
#include "read/dockerfile/dockerfile.h"

namespace oakum::dockerfile {

namespace {

// Go's filepath.Clean for slashes: no empty part, no ".", and ".." takes its parent away.
std::string clean(std::string_view path) {
  const bool rooted = path.starts_with('/');
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (part != ".." || !rooted) {
      parts.push_back(part);
    }
  }
  std::string cleaned;
  for (const std::string_view part : parts) {
    if (!cleaned.empty()) cleaned += '/';
    cleaned += part;
  }
  return cleaned.empty() && !rooted ? "." : cleaned;
}

}  // namespace

std::vector<IgnorePattern> read_ignore(std::string_view text) {
  std::vector<IgnorePattern> patterns;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::uint32_t number = 0;
  while (auto line = next_line(text)) {
    ++number;
    if (line->starts_with('#')) continue;
    std::string_view pattern = trim(*line);
    if (pattern.empty()) continue;
    const bool negated = pattern.starts_with('!');
    if (negated) pattern = trim(pattern.substr(1));
    if (!pattern.empty()) patterns.push_back({clean(pattern), negated, number});
  }
  return patterns;
}

bool ignored(const std::vector<IgnorePattern>& patterns, std::string_view path) { return is_ignored(patterns, path); }

}  // namespace oakum::dockerfile
