#include "lsp/uri.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"

namespace oakum::lsp {

namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// nullopt: "%" without two digits, or a NUL.
std::optional<std::string> decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char byte = text[i];
    if (byte == '%') {
      if (i + 2 >= text.size() || digit_of(text[i + 1]) < 0 || digit_of(text[i + 2]) < 0) return std::nullopt;
      byte = static_cast<char>(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2]));
      i += 2;
    }
    if (byte == '\0') return std::nullopt;
    result += byte;
  }
  return result;
}

}  // namespace

std::optional<std::string> path_of_uri(std::string_view uri) {
  if (uri.size() < 6 || !equals_ignoring_case(uri.substr(0, 5), "file:")) return std::nullopt;
  uri.remove_prefix(5);
  if (uri.starts_with("//")) {
    uri.remove_prefix(2);
    const auto slash = uri.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view host = uri.substr(0, slash);
    if (!host.empty() && !equals_ignoring_case(host, "localhost")) return std::nullopt;
    uri.remove_prefix(slash);
  }
  if (!uri.starts_with('/')) return std::nullopt;
  auto path = decoded(uri.substr(0, uri.find_first_of("?#")));
  if (!path) return std::nullopt;
  return std::filesystem::path(*path).lexically_normal().string();
}

std::string uri_of_path(std::string_view path) { return "file://" + percent_encoded(path, "/"); }

std::string name_of_uri(std::string_view uri) {
  const auto colon = uri.find(':');
  std::string scheme(uri.substr(0, colon == std::string_view::npos ? 0 : colon));
  std::string rest(uri.substr(colon == std::string_view::npos ? 0 : colon + 1));
  std::ranges::replace(scheme, '/', '_');
  std::ranges::replace(rest, '/', '_');
  return scheme + ":/" + rest;
}

}  // namespace oakum::lsp
