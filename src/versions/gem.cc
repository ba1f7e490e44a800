// Ruby gem versions, Gem::Version of RubyGems 3: segments of digits or of letters; letters make a pre-release; an
// absent segment is 0; zeros before the first letters do not count ("1.0.a" = "1.a").
//
// With an endless row of zeros behind every version, what decides is the next segment that is not 0 and how many zeros
// stand before it. In ascending order: letters after no zero, letters after one, …, the end, …, a number after one
// zero, a number after none.
#include "versions/gem.h"

#include "versions/key.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

enum Tag : unsigned { kLetters = 1, kEnd = 2, kNumberAfterZeros = 3, kNumber = 4 };

bool is_zero(std::string_view segment) { return is_digit(segment.front()) && without_leading_zeros(segment).empty(); }

// Gem::Version::VERSION_PATTERN: [0-9]+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?
bool is_gem_version(std::string_view text) {
  if (take_digits(text).empty()) return false;
  while (take(text, '.'))
    if (take_while(text, is_alnum).empty()) return false;
  if (text.empty()) return true;
  if (!take(text, '-')) return false;
  do {
    if (take_while(text, [](char c) { return is_alnum(c) || c == '-'; }).empty()) return false;
  } while (take(text, '.'));
  return text.empty();
}

}  // namespace

std::optional<std::vector<std::string_view>> parse_gem(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  std::vector<std::string_view> segments;
  segments.reserve(8);
  if (text.empty()) {
    segments.emplace_back("0");
    return segments;
  }
  if (!is_gem_version(text)) return std::nullopt;
  while (!text.empty()) {
    if (is_digit(text.front())) {
      segments.push_back(take_digits(text));
    } else if (is_alpha(text.front())) {
      segments.push_back(take_while(text, is_alpha));
    } else {
      if (text.front() == '-') segments.emplace_back("pre");
      text.remove_prefix(1);
    }
  }
  return segments;
}

std::string gem_key_of(const std::vector<std::string_view>& segments) {
  KeyBuilder key;
  std::size_t zeros = 0;
  bool prerelease = false;
  for (const std::string_view segment : segments) {
    if (is_zero(segment)) {
      ++zeros;
      continue;
    }
    if (is_alpha(segment.front())) {
      if (!prerelease) zeros = 0;
      prerelease = true;
      key.byte(kLetters);
      key.u16(zeros);
      key.text(segment);
    } else {
      key.byte(zeros == 0 ? kNumber : kNumberAfterZeros);
      if (zeros > 0) key.u16(0xFFFF - zeros);
      key.number(segment);
    }
    zeros = 0;
  }
  key.byte(kEnd);
  return std::move(key).take();
}

Result<std::string> gem_key(std::string_view text) {
  const auto segments = parse_gem(text);
  if (!segments) return refuse(VersionScheme::gem, text, "it is not a number followed by dotted numbers and letters");
  return gem_key_of(*segments);
}

}  // namespace oakum::versions
