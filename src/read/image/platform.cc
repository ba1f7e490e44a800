#include "read/image/platform.h"

#include <algorithm>

#include <sys/utsname.h>

#include "base/text.h"

namespace oakum::image {

namespace {

struct Architecture {
  std::string_view name;     // as uname(2) and people write it
  std::string_view goarch;   // as images have it
  std::string_view variant;  // that the name implies
};
constexpr Architecture kArchitectures[] = {
    {"x86_64", "amd64", ""}, {"x86-64", "amd64", ""}, {"aarch64", "arm64", ""},   {"armv8l", "arm", "v7"},
    {"armv7l", "arm", "v7"}, {"armhf", "arm", "v7"},  {"armv6l", "arm", "v6"},    {"armel", "arm", "v6"},
    {"i386", "386", ""},     {"i686", "386", ""},     {"ppc64el", "ppc64le", ""}, {"loongarch64", "loong64", ""},
};

struct DefaultVariant {
  std::string_view architecture;
  int version;
};
constexpr DefaultVariant kDefaults[] = {{"arm64", 8}, {"arm", 7}, {"amd64", 1}};

void set_architecture(Platform& platform, std::string_view name) {
  const auto* known = std::ranges::find(kArchitectures, name, &Architecture::name);
  platform.architecture = known == std::end(kArchitectures) ? name : known->goarch;
  if (known != std::end(kArchitectures) && platform.variant.empty()) platform.variant = known->variant;
}

// "v7" is 7; 0 when it is no number.
int variant_number(const Platform& platform) {
  if (platform.variant.empty()) {
    const auto* found = std::ranges::find(kDefaults, platform.architecture, &DefaultVariant::architecture);
    return found == std::end(kDefaults) ? 0 : found->version;
  }
  if (!platform.variant.starts_with('v')) return 0;
  return parse_number<std::uint8_t>(std::string_view(platform.variant).substr(1)).value_or(0);
}

bool is_word(std::string_view part) {
  return !part.empty() && part.size() <= 64 && std::ranges::all_of(part, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

}  // namespace

Result<Platform> parse_platform(std::string_view text) {
  const std::string lower = to_lower(text);
  auto parts = split(lower, '/');
  if (parts.size() > 3 || !std::ranges::all_of(parts, is_word)) {
    return fail(ErrorCode::usage, "platform \"" + printable(text, 100) + "\"", "not of the form os/arch[/variant]",
                "for example linux/arm64");
  }
  if (parts.size() == 1) parts.insert(parts.begin(), "linux");
  Platform platform{
      .os = std::string(parts[0]), .architecture = {}, .variant = parts.size() == 3 ? std::string(parts[2]) : ""};
  set_architecture(platform, parts[1]);
  return platform;
}

Platform machine_platform() {
  Platform platform{.os = "linux", .architecture = {}, .variant = {}};
  utsname names{};
  if (::uname(&names) == 0) set_architecture(platform, names.machine);
  return platform;
}

int platform_rank(const Platform& want, const Platform& have) {
  if (want.os != have.os || want.architecture != have.architecture) return 0;
  const int wanted = variant_number(want);
  const int offered = variant_number(have);
  if (want.variant == have.variant || (wanted != 0 && wanted == offered)) return 1000;
  const bool runs = wanted != 0 && offered != 0 && offered < wanted && want.architecture != "arm64";
  if (runs) return 500 + offered;
  return want.variant.empty() ? 1 : 0;
}

}  // namespace oakum::image
