// Python versions: PEP 440, parsed by its Appendix B, ordered by its "Summary of permitted suffixes and relative
// ordering": .devN < aN < bN < rcN < (none) < .postN, each again .devN first; a local version is above the same
// version without one, its numeric parts above its alphanumeric ones.
#include "versions/pep440.h"

#include <array>

#include "base/text.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

constexpr bool is_separator(char c) { return c == '.' || c == '-' || c == '_'; }

bool take_word(std::string_view& text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (lower(text[i]) != word[i]) return false;
  text.remove_prefix(word.size());
  return true;
}

// [-_.]?word at the front of `text`; on no match `text` stays as it is.
bool take_label(std::string_view& text, std::string_view word) {
  std::string_view rest = text;
  if (!rest.empty() && is_separator(rest.front())) rest.remove_prefix(1);
  if (!take_word(rest, word)) return false;
  text = rest;
  return true;
}

// [-_.]?number? after a label.
std::string_view take_label_number(std::string_view& text) {
  if (!text.empty() && is_separator(text.front())) text.remove_prefix(1);
  return take_digits(text);
}

struct Label {
  std::string_view word;
  PreRelease pre;
};

// Words before their prefixes.
constexpr std::array kPreLabels = {
    Label{"alpha", PreRelease::alpha}, Label{"a", PreRelease::alpha},           Label{"beta", PreRelease::beta},
    Label{"b", PreRelease::beta},      Label{"preview", PreRelease::candidate}, Label{"pre", PreRelease::candidate},
    Label{"c", PreRelease::candidate}, Label{"rc", PreRelease::candidate},
};
constexpr std::array<std::string_view, 3> kPostLabels = {"post", "rev", "r"};

bool take_release(std::string_view& text, Pep440& version) {
  version.release.reserve(4);
  std::string_view number = take_digits(text);
  if (number.empty()) return false;
  if (take(text, '!')) {
    version.epoch = number;
    number = take_digits(text);
    if (number.empty()) return false;
  }
  version.release.push_back(number);
  while (text.size() > 1 && text.front() == '.' && is_digit(text[1])) {
    text.remove_prefix(1);
    version.release.push_back(take_digits(text));
  }
  return true;
}

void take_pre(std::string_view& text, Pep440& version) {
  for (const Label& label : kPreLabels) {
    if (!take_label(text, label.word)) continue;
    version.pre = label.pre;
    version.pre_number = take_label_number(text);
    return;
  }
}

void take_post(std::string_view& text, Pep440& version) {
  if (text.size() > 1 && text.front() == '-' && is_digit(text[1])) {  // the implicit post release "1.0-1"
    text.remove_prefix(1);
    version.post = take_digits(text);
    return;
  }
  for (const std::string_view label : kPostLabels) {
    if (!take_label(text, label)) continue;
    version.post = take_label_number(text);
    return;
  }
}

bool is_local(std::string_view text) {
  do {
    if (take_while(text, is_alnum).empty()) return false;
    if (text.empty()) return true;
    if (!is_separator(text.front())) return false;
    text.remove_prefix(1);
  } while (true);
}

void append_local(KeyBuilder& key, std::string_view local) {
  while (!local.empty()) {
    const std::string_view part = take_while(local, is_alnum);
    if (!local.empty()) local.remove_prefix(1);
    if (all_digits(part)) {
      key.byte(3);
      key.number(part);
    } else {
      key.byte(2);
      key.text(to_lower(part));
    }
  }
  key.byte(1);
}

// Where a version stands among those of its release; a dev release of the release itself comes first.
unsigned phase(const Pep440& version) {
  switch (version.pre) {
    case PreRelease::alpha:
      return 1;
    case PreRelease::beta:
      return 2;
    case PreRelease::candidate:
      return 3;
    case PreRelease::none:
      break;
  }
  return !version.post && version.dev ? 0 : 4;
}

}  // namespace

std::optional<Pep440> parse_pep440(std::string_view text) {
  text = trim(text);
  Pep440 version;
  if (!text.empty() && lower(text.front()) == 'v') text.remove_prefix(1);
  if (!take_release(text, version)) return std::nullopt;
  take_pre(text, version);
  take_post(text, version);
  if (take_label(text, "dev")) version.dev = take_label_number(text);
  if (take(text, '+')) {
    if (!is_local(text)) return std::nullopt;
    version.local = text;
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  return version;
}

void append_pep440_release(KeyBuilder& key, const Pep440& version, std::size_t components) {
  std::size_t count = std::min(components, version.release.size());
  while (count > 0 && without_leading_zeros(version.release[count - 1]).empty()) --count;
  for (std::size_t i = 0; i < count; ++i) key.number(version.release[i], 1);
  key.byte(0);
}

std::string pep440_key_of(const Pep440& version) {
  KeyBuilder key;
  key.number(version.epoch);
  append_pep440_release(key, version, version.release.size());
  key.byte(phase(version));
  if (version.pre != PreRelease::none) key.number(version.pre_number);
  key.byte(version.post ? 1 : 0);
  if (version.post) key.number(*version.post);
  key.byte(version.dev ? 0 : 1);
  if (version.dev) key.number(*version.dev);
  if (version.local.empty()) {
    key.byte(0);
  } else {
    append_local(key, version.local);
  }
  return std::move(key).take();
}

Result<std::string> pep440_key(std::string_view text) {
  const std::optional<Pep440> version = parse_pep440(text);
  if (!version) return refuse(VersionScheme::pep440, text, "PEP 440 does not know its form");
  return pep440_key_of(*version);
}

}  // namespace oakum::versions
