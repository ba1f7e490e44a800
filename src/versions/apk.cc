// apk versions: number{.number}{letter}{_suffix{number}}{~hash}{-rN}, as apk-tools 3 orders them.
//
// Where two versions differ in what comes next, the earlier kind of token wins ("1.0.1" > "1.0a" > "1.0_p1" > "1.0-r1"
// > "1.0"), but a pre-release suffix sorts below everything, the end included.
#include <array>
#include <optional>

#include "versions/key.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

enum class Token : unsigned { first_number, number, letter, suffix, suffix_number, hash, revision };

enum Tag : unsigned {
  kPreRelease = 1,
  kEnd = 2,
  kRevision = 3,
  kHash = 4,
  kSuffixNumber = 5,
  kSuffix = 6,
  kLetter = 7,
  kNumber = 8,
};

struct Suffix {
  std::string_view name;
  bool pre_release;
};

// In their order.
constexpr std::array kSuffixes = {
    Suffix{"alpha", true}, Suffix{"beta", true}, Suffix{"pre", true}, Suffix{"rc", true}, Suffix{"cvs", false},
    Suffix{"svn", false},  Suffix{"git", false}, Suffix{"hg", false}, Suffix{"p", false},
};

// Components after the first: if either has a leading zero the two compare as text, like a decimal fraction; every
// component with one therefore sorts before all that have none.
void append_component(KeyBuilder& key, std::string_view digits) {
  key.byte(kNumber);
  if (digits.front() != '0') {
    key.number(digits);
    return;
  }
  key.byte(0);
  key.text(digits);
}

bool append_suffix(KeyBuilder& key, std::string_view& rest) {
  const std::string_view name = take_while(rest, is_lower);
  for (unsigned i = 0; i < kSuffixes.size(); ++i) {
    if (kSuffixes[i].name != name) continue;
    key.byte(kSuffixes[i].pre_release ? kPreRelease : kSuffix);
    key.byte(i);
    return true;
  }
  return false;
}

// Reads the token after one of kind `last`; nullopt when the text has none that may stand here.
std::optional<Token> append_next(KeyBuilder& key, std::string_view& rest, Token last) {
  const char c = rest.front();
  if (is_lower(c) && last <= Token::number) {
    rest.remove_prefix(1);
    key.byte(kLetter);
    key.byte(static_cast<unsigned char>(c));
    return Token::letter;
  }
  if (c == '.' && last <= Token::number) {
    rest.remove_prefix(1);
    const std::string_view digits = take_digits(rest);
    if (digits.empty()) return std::nullopt;
    append_component(key, digits);
    return Token::number;
  }
  if (is_digit(c) && last == Token::letter) {  // "9.5p1": apk-tools 2.14 reads it, 3 no more, and Alpine's data has it
    key.byte(kNumber);
    key.number(take_digits(rest));
    return Token::number;
  }
  if (is_digit(c) && last == Token::suffix) {
    key.byte(kSuffixNumber);
    key.number(take_digits(rest));
    return Token::suffix_number;
  }
  if (c == '_' && last <= Token::suffix_number) {
    rest.remove_prefix(1);
    return append_suffix(key, rest) ? std::optional(Token::suffix) : std::nullopt;
  }
  if (c == '~' && last < Token::hash) {
    rest.remove_prefix(1);
    const std::string_view hash = take_while(rest, [](char h) { return is_digit(h) || (h >= 'a' && h <= 'f'); });
    if (hash.empty()) return std::nullopt;
    key.byte(kHash);
    key.text(hash);
    return Token::hash;
  }
  if (last < Token::revision && take(rest, "-r")) {
    const std::string_view digits = take_digits(rest);
    if (digits.empty()) return std::nullopt;
    key.byte(kRevision);
    key.number(digits);
    return Token::revision;
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> apk_key(std::string_view text) {
  std::string_view rest = text;
  const std::string_view first = take_digits(rest);
  if (first.empty()) return refuse(VersionScheme::apk, text, "it does not start with a digit");
  KeyBuilder key;
  key.number(first);
  Token last = Token::first_number;
  while (!rest.empty()) {
    const std::size_t offset = text.size() - rest.size();
    const std::optional<Token> token = append_next(key, rest, last);
    if (!token) {
      return refuse(VersionScheme::apk, text,
                    "what starts at byte " + std::to_string(offset) + " is no part of an apk version in that place");
    }
    last = *token;
  }
  key.byte(kEnd);
  return std::move(key).take();
}

}  // namespace oakum::versions
