// NuGet versions: one to four numbers, then as in semantic versions, without regard to case (NuGet.Versioning,
// NuGetVersion.Parse). Leading zeros are read, build metadata is dropped, numbers end at 2^31 - 1.
#include "versions/nuget.h"

#include "base/text.h"
#include "versions/schemes.h"
#include "versions/semver.h"

namespace oakum::versions {

std::optional<NugetVersion> parse_nuget(std::string_view text) {
  text = trim(text);
  NugetVersion version{.numbers = {"0", "0", "0", "0"}, .prerelease = {}};
  for (std::size_t i = 0; i < 4; ++i) {
    version.numbers[i] = take_digits(text);
    if (version.numbers[i].empty() || compare_digits(version.numbers[i], "2147483647") > 0) return std::nullopt;
    if (text.empty() || text.front() != '.') break;
    if (i == 3) return std::nullopt;
    text.remove_prefix(1);
  }
  if (take(text, '-')) {
    const std::string_view prerelease = take_while(text, [](char c) { return c != '+'; });
    if (!is_identifier_list(prerelease, false)) return std::nullopt;
    version.prerelease = to_lower(prerelease);
  }
  if (take(text, '+')) {
    if (!is_identifier_list(text, false)) return std::nullopt;
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  return version;
}

std::string nuget_key_of(const NugetVersion& version) {
  KeyBuilder key;
  for (const std::string_view number : version.numbers) key.number(number);
  append_prerelease(key, version.prerelease);
  return std::move(key).take();
}

Result<std::string> nuget_key(std::string_view text) {
  const std::optional<NugetVersion> version = parse_nuget(text);
  if (!version) return refuse(VersionScheme::nuget, text, "it is not N[.N[.N[.N]]][-PRERELEASE][+BUILD]");
  return nuget_key_of(*version);
}

}  // namespace oakum::versions
