#include "rules/build/image_name.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::rules {

namespace {

bool is_lower_or_digit(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'); }
bool is_word(char byte) { return is_lower_or_digit(byte) || (byte >= 'A' && byte <= 'Z') || byte == '_'; }

bool is_component(std::string_view part) {
  const auto allowed = [](char byte) { return is_lower_or_digit(byte) || byte == '.' || byte == '_' || byte == '-'; };
  return !part.empty() && is_lower_or_digit(part.front()) && is_lower_or_digit(part.back()) &&
         std::ranges::all_of(part, allowed);
}

bool is_host(std::string_view part) {
  return part == "localhost" || part.find_first_of(".:") != std::string_view::npos || to_lower(part) != part;
}

bool is_tag(std::string_view tag) {
  const auto allowed = [](char byte) { return is_word(byte) || byte == '.' || byte == '-'; };
  return !tag.empty() && tag.size() <= 128 && is_word(tag.front()) && std::ranges::all_of(tag, allowed);
}

}  // namespace

bool is_image_name(std::string_view text) {
  if (const auto at = text.find('@'); at != std::string_view::npos) {
    if (text.find(':', at) == std::string_view::npos || text.ends_with(':')) return false;
    text = text.substr(0, at);
  }
  const auto slash = text.rfind('/');
  const auto colon = text.find(':', slash == std::string_view::npos ? 0 : slash);
  if (colon != std::string_view::npos) {
    if (!is_tag(text.substr(colon + 1))) return false;
    text = text.substr(0, colon);
  }
  auto parts = split(text, '/');
  if (parts.size() > 1 && is_host(parts.front())) parts.erase(parts.begin());
  return !parts.empty() && std::ranges::all_of(parts, is_component);
}

}  // namespace oakum::rules
