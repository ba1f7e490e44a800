// rpm versions: [epoch:]version[-release], rpmvercmp() of rpm 4.18 and later for the parts.
//
// A part is cut into segments of digits or of letters, and the marks '~' and '^'; everything else only separates. At
// the first difference: '~' < end < '^' < letters < digits. An absent epoch is 0; an absent release sorts before every
// release (as rpm.ver() of rpm's Lua has it), and is ignored only by constraints.
#include "versions/evr.h"
#include "versions/key.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

enum Tag : unsigned { kTilde = 1, kEnd = 2, kCaret = 3, kLetters = 4, kDigits = 5 };

void append_part(KeyBuilder& key, std::string_view part) {
  while (!part.empty()) {
    const char c = part.front();
    if (is_digit(c)) {
      key.number(take_digits(part), kDigits);
    } else if (is_alpha(c)) {
      key.byte(kLetters);
      key.text(take_while(part, is_alpha));
    } else {
      if (c == '~') key.byte(kTilde);
      if (c == '^') key.byte(kCaret);
      part.remove_prefix(1);
    }
  }
  key.byte(kEnd);
}

}  // namespace

Result<std::string> rpm_key(std::string_view text) {
  if (text.empty()) return refuse(VersionScheme::rpm, text, "it is empty");
  return evr_key(text, append_part);
}

}  // namespace oakum::versions
