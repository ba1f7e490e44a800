#include "net/reference.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::net {

namespace {

constexpr std::string_view kDefaultRegistry = "docker.io";
constexpr std::size_t kMaxName = 255;
constexpr std::size_t kMaxTag = 128;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_'; }

// [a-z0-9]+ parts joined by one '.', one or two '_', or any number of '-'.
bool is_path_component(std::string_view part) {
  const auto alphanumeric = [](char c) { return is_lower(c) || is_digit(c); };
  if (part.empty() || !alphanumeric(part.front()) || !alphanumeric(part.back())) return false;
  for (std::size_t i = 0; i < part.size();) {
    if (alphanumeric(part[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < part.size() && part[end] == part[i]) ++end;
    const std::size_t longest = part[i] == '.' ? 1 : part[i] == '_' ? 2 : part[i] == '-' ? part.size() : 0;
    if (end - i > longest || !alphanumeric(part[end])) return false;
    i = end;
  }
  return true;
}

bool is_tag(std::string_view tag) {
  if (tag.empty() || tag.size() > kMaxTag || !is_word(tag.front())) return false;
  return std::ranges::all_of(tag, [](char c) { return is_word(c) || c == '.' || c == '-'; });
}

bool is_port(std::string_view port) { return parse_number<std::uint16_t>(port).value_or(0) != 0; }

bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t close = host.find(']');
    if (close == std::string_view::npos || close == 1) return false;
    const auto address = host.substr(1, close - 1);
    const bool hex = std::ranges::all_of(address, [](char c) {
      return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    });
    const auto rest = host.substr(close + 1);
    return hex && (rest.empty() || (rest.front() == ':' && is_port(rest.substr(1))));
  }
  const std::size_t colon = host.find(':');
  if (colon != std::string_view::npos && !is_port(host.substr(colon + 1))) return false;
  for (const auto label : split(host.substr(0, colon), '.')) {
    const auto fits = [](char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '-'; };
    if (label.empty() || label.front() == '-' || label.back() == '-' || !std::ranges::all_of(label, fits)) return false;
  }
  return true;
}

bool looks_like_host(std::string_view part) {
  return part == "localhost" || part.find_first_of(".:[") != std::string_view::npos ||
         std::ranges::any_of(part, is_upper);
}

std::unexpected<Error> malformed(std::string_view text, std::string why) {
  return fail(ErrorCode::invalid, printable(text, 300), std::move(why),
              "write it as [host[:port]/]name[:tag][@digest]");
}

}  // namespace

std::string Reference::name() const { return registry + "/" + repository; }

std::string Reference::text() const {
  return name() + (tag.empty() ? "" : ":" + tag) + (digest.empty() ? "" : "@" + digest.text());
}

std::string Reference::familiar() const {
  std::string shown = text();
  if (registry == kDefaultRegistry) shown.erase(0, registry.size() + 1);
  if (registry == kDefaultRegistry && shown.starts_with("library/")) shown.erase(0, 8);
  return shown;
}

Result<Reference> parse_reference(std::string_view text) {
  Reference reference;
  std::string_view rest = text;
  if (const auto at = rest.find('@'); at != std::string_view::npos) {
    OAKUM_TRY(reference.digest, Digest::parse(rest.substr(at + 1)));
    rest = rest.substr(0, at);
  }
  const auto slash = rest.find('/');
  if (slash != std::string_view::npos && looks_like_host(rest.substr(0, slash))) {
    reference.registry = rest.substr(0, slash);
    rest.remove_prefix(slash + 1);
    if (!is_host(reference.registry))
      return malformed(text, "\"" + printable(reference.registry, 200) + "\" is no host name");
  }
  if (const auto colon = rest.rfind(':'); colon != std::string_view::npos) {
    reference.tag = rest.substr(colon + 1);
    rest = rest.substr(0, colon);
    if (!is_tag(reference.tag)) return malformed(text, "\"" + printable(reference.tag, 200) + "\" is no tag");
  } else if (reference.digest.empty()) {
    reference.tag = "latest";
  }
  for (const auto part : split(rest, '/')) {
    if (is_path_component(part)) continue;
    if (std::ranges::any_of(part, is_upper)) return malformed(text, "the name of an image has no upper-case letters");
    return malformed(text, rest.empty() ? "has no name" : "\"" + printable(part, 200) + "\" cannot be part of a name");
  }
  if (rest.size() > kMaxName) return malformed(text, "longer than 255 bytes");
  if (reference.registry.empty() || reference.registry == "index.docker.io") reference.registry = kDefaultRegistry;
  reference.repository = rest;
  if (reference.registry == kDefaultRegistry && rest.find('/') == std::string_view::npos) {
    reference.repository.insert(0, "library/");
  }
  return reference;
}

}  // namespace oakum::net
