// Debian versions: [epoch:]upstream[-revision], Debian Policy 5.6.12, as dpkg reads them.
//
// A part is a sequence of rounds: a run of non-digits, then a number. A run ends with kEnd, which sorts after '~' and
// before everything else, and a part ends with a run of its own that is empty. An absent number is 0, so "1." = "1.0",
// and an absent revision equals revision "0".
#include <array>
#include <cstdint>

#include "versions/dpkg_order.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

constexpr unsigned kEnd = 2;

// '~' < end < letters < bytes above ASCII < the other bytes, each group by value (dpkg, lib/dpkg/version.c: order).
constexpr std::array<std::uint8_t, 256> kOrder = [] {
  std::array<std::uint8_t, 256> order{};
  order['~'] = 1;
  std::uint8_t next = kEnd + 1;
  for (unsigned c = 0; c < 256; ++c)
    if (is_alpha(static_cast<char>(c))) order[c] = next++;
  for (unsigned c = 128; c < 256; ++c) order[c] = next++;
  for (unsigned c = 0; c < 128; ++c)
    if (!is_alnum(static_cast<char>(c)) && c != '~') order[c] = next++;
  return order;
}();

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

// strtol() and the range checks of dpkg's parseversion(): a sign is read, the value must be in [0, INT_MAX].
bool parse_epoch(std::string_view text, std::string_view& digits) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (!all_digits(text)) return false;
  digits = without_leading_zeros(text);
  if (negative) return digits.empty();
  constexpr std::string_view kIntMax = "2147483647";
  return digits.size() < kIntMax.size() || (digits.size() == kIntMax.size() && digits <= kIntMax);
}

}  // namespace

void append_dpkg_part(KeyBuilder& key, std::string_view part) {
  do {
    while (!part.empty() && !is_digit(part.front())) {
      key.byte(kOrder[static_cast<std::uint8_t>(part.front())]);
      part.remove_prefix(1);
    }
    key.byte(kEnd);
    key.number(take_digits(part));
  } while (!part.empty());
  key.byte(kEnd);
}

Result<std::string> deb_key(std::string_view text) {
  const auto invalid = [whole = text](const char* why) { return refuse(VersionScheme::deb, whole, why); };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (text.empty()) return invalid("it is empty");
  for (const char c : text)
    if (is_blank(c)) return invalid("it has a space inside");

  KeyBuilder key;
  std::string_view epoch;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    if (!parse_epoch(text.substr(0, colon), epoch)) return invalid("its epoch is not a number from 0 to 2147483647");
    text.remove_prefix(colon + 1);
    if (text.empty()) return invalid("nothing follows the colon");
  }
  key.number(epoch);
  std::string_view revision;
  if (const std::size_t hyphen = text.rfind('-'); hyphen != std::string_view::npos) {
    revision = text.substr(hyphen + 1);
    text = text.substr(0, hyphen);
    if (revision.empty()) return invalid("its revision is empty");
  }
  if (text.empty()) return invalid("its upstream version is empty");
  append_dpkg_part(key, text);
  append_dpkg_part(key, revision);
  return std::move(key).take();
}

}  // namespace oakum::versions
