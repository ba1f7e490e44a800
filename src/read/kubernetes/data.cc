// What ConfigMaps and Secrets hold.
#include <array>
#include <optional>

#include "base/text.h"
#include "read/kubernetes/object.h"

namespace oakum::kubernetes {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::array<std::int8_t, 256> kDigits = [] {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    table[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return table;
}();

// RFC 4648 section 4, line ends skipped; nullopt for what is no base64.
std::optional<std::string> decode(std::string_view text) {
  std::string result;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == ' ') continue;
    if (c == '=') break;
    const int digit = kDigits[static_cast<unsigned char>(c)];
    if (digit < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    result.push_back(static_cast<char>((bits >> count) & 0xFF));
  }
  return result;
}

void add_decoded(const Place& data, KubernetesObject& object) {
  for (const auto& [key, value] : data.entries()) {
    const auto text = value.text();
    if (!text) continue;
    auto plain = decode(*text);
    if (!plain && value.known()) value.manifest().tell(value.origin().span, value.path() + " is not base64");
    // Binary values stay as they are written: rules look at text.
    const bool readable = plain && is_valid_utf8(*plain) && plain->find('\0') == std::string::npos;
    object.data.add({key, readable ? std::move(*plain) : *text}, value.origin(), value.known());
  }
}

}  // namespace

void read_config_map(const Place& document, KubernetesObject& object) { state(object.data, document.at("data")); }

void read_secret(const Place& document, KubernetesObject& object) {
  add_decoded(document.at("data"), object);
  state(object.data, document.at("stringData"));
}

}  // namespace oakum::kubernetes
