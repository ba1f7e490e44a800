// pacman versions: [epoch:]pkgver[-pkgrel], vercmp of libalpm.
//
// A part is cut into segments of digits or of letters; how many separators stand before a segment counts too. In the
// order of what may follow a segment: letters at once ("1.0rc"), the end, digits at once ("a1"), letters after one
// separator, trailing separators, digits after one separator, then segments after two separators and so on. libalpm's
// own comparison is not transitive for parts that end in a separator ("1." > "1..a" > "1.1" > "1."); no total order can
// follow it there, and no real version is of that form.
//
// An absent release sorts before every release; vercmp ignores the release where one side has none, which is no order
// either ("1-1" = "1" = "1-2") and is left to constraints.
#include "versions/evr.h"
#include "versions/key.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

enum Tag : unsigned {
  kLettersAtOnce = 1,
  kEnd = 2,
  kDigitsAtOnce = 3,
  kLettersAfterOne = 4,
  kTrailing = 5,
  kDigitsAfterOne = 6,
  kAfterMore = 7,
};

void append_gap(KeyBuilder& key, std::size_t separators, bool digits) {
  switch (separators) {
    case 0:
      return key.byte(digits ? kDigitsAtOnce : kLettersAtOnce);
    case 1:
      return key.byte(digits ? kDigitsAfterOne : kLettersAfterOne);
    default:
      key.byte(kAfterMore);
      key.u16(separators);
      key.byte(digits ? 1 : 0);
  }
}

void append_part(KeyBuilder& key, std::string_view part) {
  while (!part.empty()) {
    const std::size_t separators = take_while(part, [](char c) { return !is_alnum(c); }).size();
    if (part.empty()) return key.byte(kTrailing);
    const bool digits = is_digit(part.front());
    append_gap(key, separators, digits);
    if (digits) {
      key.number(take_digits(part));
    } else {
      key.text(take_while(part, is_alpha));
    }
  }
  key.byte(kEnd);
}

}  // namespace

Result<std::string> pacman_key(std::string_view text) {
  if (text.empty()) return refuse(VersionScheme::pacman, text, "it is empty");
  return evr_key(text, append_part);
}

}  // namespace oakum::versions
