#include "convert/names.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::convert {

namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string fitting(std::string_view text, std::string_view also, std::size_t limit) {
  std::string name;
  for (const char c : text) {
    if (name.size() == limit) break;
    const bool fits = is_letter_or_digit(c) || also.find(c) != std::string_view::npos;
    if (fits) name += c;
    if (!fits && !name.empty() && name.back() != '-') name += '-';
  }
  while (!name.empty() && !is_letter_or_digit(name.front())) name.erase(0, 1);
  while (!name.empty() && !is_letter_or_digit(name.back())) name.pop_back();
  return name;
}

}  // namespace

std::string compose_name(std::string_view text) {
  std::string name = fitting(text, "._-", 200);
  return name.empty() ? "app" : name;
}

std::string dns_label(std::string_view text) {
  std::string name = to_lower(fitting(text, "-", 61));
  if (name.empty()) return "app";
  const bool digit = name.front() >= '0' && name.front() <= '9';
  return digit ? "x-" + name : name;
}

std::string name_of_image(std::string_view repository) {
  return std::string(repository.substr(repository.rfind('/') + 1));
}

std::string UniqueNames::take(std::string name, std::size_t limit) {
  if (taken_.insert(name).second) return name;
  for (std::size_t number = 2;; ++number) {
    const std::string suffix = "-" + std::to_string(number);
    std::string other = name.substr(0, limit - std::min(limit, suffix.size())) + suffix;
    if (taken_.insert(other).second) return other;
  }
}

}  // namespace oakum::convert
