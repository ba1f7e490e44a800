#include "read/image/account_files.h"

#include "base/text.h"

namespace oakum::image {

namespace {

constexpr std::uint32_t kMaxLines = 100'000;

template <class Use>
void each_entry(std::string_view text, std::size_t fields, const Use& use) {
  for (std::uint32_t number = 1; number <= kMaxLines; ++number) {
    const auto line = next_line(text);
    if (!line) return;
    if (line->empty() || line->starts_with('#')) continue;
    const std::vector<std::string_view> parts = split(*line, ':');
    if (parts.size() >= fields && !parts[0].empty()) use(parts, number);
  }
}

}  // namespace

void read_passwd(std::string_view text, ImageFacts& facts) {
  each_entry(text, 7, [&](const std::vector<std::string_view>& parts, std::uint32_t line) {
    const auto uid = parse_number<std::uint32_t>(parts[2]);
    const auto gid = parse_number<std::uint32_t>(parts[3]);
    if (!uid || !gid) return;
    facts.passwd.push_back({.name = std::string(parts[0]),
                            .home = std::string(parts[5]),
                            .shell = std::string(parts[6]),
                            .uid = *uid,
                            .gid = *gid,
                            .line = line});
    if (parts[1].empty()) facts.shadow.push_back({std::string(parts[0]), true});
  });
}

void read_group(std::string_view text, ImageFacts& facts) {
  each_entry(text, 3, [&](const std::vector<std::string_view>& parts, std::uint32_t line) {
    const auto gid = parse_number<std::uint32_t>(parts[2]);
    if (gid) facts.group.push_back({.name = std::string(parts[0]), .gid = *gid, .line = line});
  });
}

void read_shadow(std::string_view text, ImageFacts& facts) {
  each_entry(text, 2, [&](const std::vector<std::string_view>& parts, std::uint32_t) {
    facts.shadow.push_back({std::string(parts[0]), parts[1].empty()});
  });
}

std::string distribution_id(std::string_view os_release) {
  while (const auto line = next_line(os_release)) {
    if (!line->starts_with("ID=")) continue;
    std::string_view value = trim(line->substr(3));
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
      value = value.substr(1, value.size() - 2);
    return std::string(value);
  }
  return {};
}

}  // namespace oakum::image
