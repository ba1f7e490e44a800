#include "report/place.h"

#include <algorithm>
#include <string_view>

#include "base/digest.h"
#include "base/text.h"

namespace oakum::report {

std::string path_of(const Target& target, const Finding& finding) {
  std::string_view path = finding.path.empty() ? std::string_view(target.name) : std::string_view(finding.path);
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.starts_with('/')) path.remove_prefix(1);
  return path.empty() ? "target" : std::string(path);
}

std::size_t column_of(const Finding& finding, std::uint32_t byte_column) {
  if (byte_column <= 1) return 1;
  const std::string_view before =
      std::string_view(finding.excerpt).substr(0, std::min<std::size_t>(byte_column - 1, finding.excerpt.size()));
  return 1 + static_cast<std::size_t>(
                 std::ranges::count_if(before, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string fingerprint_of(const Target& target, const Finding& finding) {
  const std::string text = finding.rule + '\0' + percent_encoded(path_of(target, finding), "/") + '\0' +
                           finding.subject + '\0' + std::string(trim(finding.excerpt)) + '\0' + finding.message;
  return std::string(Digest::sha256_of(text).hex().substr(0, 32));
}

}  // namespace oakum::report
