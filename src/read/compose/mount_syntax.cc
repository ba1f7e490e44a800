#include "read/compose/mount_syntax.h"

#include "base/text.h"

namespace oakum::compose {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// What stands behind "C:". Of "c:/data:/x" that is so, of "v:/data" and "v:/data:ro" it is not.
bool starts_windows_path(std::string_view text) {
  if (text.starts_with('\\')) return true;
  const std::size_t colon = text.find(':');
  return text.starts_with('/') && colon != std::string_view::npos && text.substr(colon + 1).starts_with('/');
}

// A colon inside "${…}" (a variable that has no value here) or behind a drive letter separates nothing.
std::vector<std::string> split_mount(std::string_view text) {
  std::vector<std::string> parts(1);
  std::size_t braces = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{' && i > 0 && text[i - 1] == '$') ++braces;
    if (c == '}' && braces > 0) --braces;
    const bool drive =
        parts.back().size() == 1 && is_letter(parts.back()[0]) && starts_windows_path(text.substr(i + 1));
    if (c == ':' && braces == 0 && !drive) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

}  // namespace

ShortMount parse_short_mount(std::string_view text) {
  std::vector<std::string> parts = split_mount(text);
  ShortMount mount;
  if (parts.size() == 1) {
    mount.target = std::move(parts[0]);
    return mount;
  }
  mount.source = std::move(parts[0]);
  mount.target = std::move(parts[1]);
  for (std::size_t i = 2; i < parts.size(); ++i) {
    for (const std::string_view mode : split(parts[i], ',')) mount.modes.emplace_back(mode);
  }
  return mount;
}

bool is_host_path(std::string_view source) {
  if (source.empty()) return false;
  if (source[0] == '.' || source[0] == '/' || source[0] == '~' || source.starts_with("\\\\")) return true;
  return source.size() > 2 && is_letter(source[0]) && source[1] == ':' && (source[2] == '\\' || source[2] == '/');
}

std::string short_mount_target(std::string_view text) {
  ShortMount mount = parse_short_mount(text);
  while (mount.target.size() > 1 && mount.target.ends_with('/')) mount.target.pop_back();
  return mount.target;
}

}  // namespace oakum::compose
