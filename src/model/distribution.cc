#include "model/distribution.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace oakum {

namespace {

// How a distribution's VERSION_ID becomes the release part of its ecosystem.
enum class Release : std::uint8_t {
  none,         // rolling: one ecosystem
  major,        // "9.4" → "9"
  major_minor,  // "3.20.3" → "3.20"
  full,         // as it is
  amazon,       // "2018.03" → "1", "2" → "2", "2023.6.20241010" → "2023"
};

struct Family {
  std::string_view id;         // os-release ID
  std::string_view ecosystem;  // first part of the ecosystem
  Release release;
};

constexpr Family kFamilies[] = {
    {"debian", "debian", Release::major},
    {"raspbian", "debian", Release::major},
    {"ubuntu", "ubuntu", Release::major_minor},
    {"alpine", "alpine", Release::major_minor},
    {"wolfi", "wolfi", Release::none},
    {"chainguard", "chainguard", Release::none},
    {"rhel", "redhat", Release::major},
    {"redhat", "redhat", Release::major},
    {"centos", "redhat", Release::major},
    {"almalinux", "alma", Release::major},
    {"rocky", "rocky", Release::major},
    {"ol", "oracle", Release::major},
    {"amzn", "amazon", Release::amazon},
    {"fedora", "fedora", Release::major},
    {"sles", "sles", Release::full},
    {"sled", "sles", Release::full},
    {"sles_sap", "sles", Release::full},
    {"sle_hpc", "sles", Release::full},
    {"sle-hpc", "sles", Release::full},
    {"sle_rt", "sles", Release::full},
    {"sle-micro", "sle-micro", Release::full},
    {"sl-micro", "sle-micro", Release::full},
    {"suse-microos", "sle-micro", Release::full},
    {"opensuse-leap", "opensuse-leap", Release::full},
    {"opensuse", "opensuse-leap", Release::full},
    {"opensuse-tumbleweed", "opensuse-tumbleweed", Release::none},
    {"opensuse-microos", "opensuse-tumbleweed", Release::none},
    {"photon", "photon", Release::major},
    {"azurelinux", "azurelinux", Release::major_minor},
    {"mariner", "azurelinux", Release::major_minor},
    {"cbl-mariner", "azurelinux", Release::major_minor},
    {"arch", "arch", Release::none},
    {"archarm", "arch", Release::none},
    {"manjaro", "arch", Release::none},
    {"openwrt", "openwrt", Release::major_minor},
};

// Releases whose os-release names only a codename (testing and unstable images, derivatives).
struct Codename {
  std::string_view ecosystem;
  std::string_view codename;
  std::string_view version;
};
// https://www.debian.org/releases/, https://wiki.ubuntu.com/Releases
constexpr Codename kCodenames[] = {
    {"debian", "squeeze", "6"},      {"debian", "wheezy", "7"},       {"debian", "jessie", "8"},
    {"debian", "stretch", "9"},      {"debian", "buster", "10"},      {"debian", "bullseye", "11"},
    {"debian", "bookworm", "12"},    {"debian", "trixie", "13"},      {"debian", "forky", "14"},
    {"debian", "duke", "15"},        {"debian", "sid", "unstable"},   {"ubuntu", "lucid", "10.04"},
    {"ubuntu", "precise", "12.04"},  {"ubuntu", "trusty", "14.04"},   {"ubuntu", "xenial", "16.04"},
    {"ubuntu", "bionic", "18.04"},   {"ubuntu", "focal", "20.04"},    {"ubuntu", "groovy", "20.10"},
    {"ubuntu", "hirsute", "21.04"},  {"ubuntu", "impish", "21.10"},   {"ubuntu", "jammy", "22.04"},
    {"ubuntu", "kinetic", "22.10"},  {"ubuntu", "lunar", "23.04"},    {"ubuntu", "mantic", "23.10"},
    {"ubuntu", "noble", "24.04"},    {"ubuntu", "oracular", "24.10"}, {"ubuntu", "plucky", "25.04"},
    {"ubuntu", "questing", "25.10"},
};

struct Ecosystem {
  std::string_view name;
  VersionScheme scheme;
  std::string_view lifecycle;  // endoflife.date product; empty where it has none
};
constexpr Ecosystem kEcosystems[] = {
    {"debian", VersionScheme::deb, "debian"},
    {"ubuntu", VersionScheme::deb, "ubuntu"},
    {"alpine", VersionScheme::apk, "alpine-linux"},
    {"wolfi", VersionScheme::apk, ""},
    {"chainguard", VersionScheme::apk, ""},
    {"redhat", VersionScheme::rpm, "rhel"},
    {"alma", VersionScheme::rpm, "almalinux"},
    {"rocky", VersionScheme::rpm, "rocky-linux"},
    {"oracle", VersionScheme::rpm, "oracle-linux"},
    {"amazon", VersionScheme::rpm, "amazon-linux"},
    {"fedora", VersionScheme::rpm, "fedora"},
    {"sles", VersionScheme::rpm, "sles"},
    {"sle-micro", VersionScheme::rpm, "suse-linux-micro"},
    {"opensuse-leap", VersionScheme::rpm, "opensuse"},
    {"opensuse-tumbleweed", VersionScheme::rpm, ""},
    {"photon", VersionScheme::rpm, ""},
    {"azurelinux", VersionScheme::rpm, ""},
    {"arch", VersionScheme::pacman, ""},
    {"openwrt", VersionScheme::opkg, "openwrt"},
    {"npm", VersionScheme::npm, ""},
    {"pypi", VersionScheme::pep440, ""},
    {"gem", VersionScheme::gem, ""},
    {"maven", VersionScheme::maven, ""},
    {"go", VersionScheme::go, ""},
    {"composer", VersionScheme::composer, ""},
    {"nuget", VersionScheme::nuget, ""},
    {"crates", VersionScheme::crates, ""},
    {"bitnami", VersionScheme::semver, ""},
    {"node", VersionScheme::npm, "nodejs"},
};

struct SchemeName {
  std::string_view name;
  VersionScheme scheme;
};
constexpr SchemeName kSchemes[] = {
    {"deb", VersionScheme::deb},       {"apk", VersionScheme::apk},       {"rpm", VersionScheme::rpm},
    {"pacman", VersionScheme::pacman}, {"opkg", VersionScheme::opkg},     {"semver", VersionScheme::semver},
    {"npm", VersionScheme::npm},       {"pep440", VersionScheme::pep440}, {"gem", VersionScheme::gem},
    {"maven", VersionScheme::maven},   {"go", VersionScheme::go},         {"composer", VersionScheme::composer},
    {"nuget", VersionScheme::nuget},   {"crates", VersionScheme::crates},
};

std::string_view parts(std::string_view version, std::size_t count) {
  std::size_t at = 0;
  while (count-- > 0) {
    at = version.find('.', at == 0 ? 0 : at + 1);
    if (at == std::string_view::npos) return version;
  }
  return version.substr(0, at);
}

// Amazon Linux 1 called its releases by year and month; Amazon Linux 2 and 2023 by their own number.
std::string_view amazon_release(std::string_view version) {
  return version.starts_with("201") ? "1" : parts(version, 1);
}

std::string_view release_part(Release release, std::string_view version) {
  switch (release) {
    case Release::none:
      return {};
    case Release::major:
      return parts(version, 1);
    case Release::major_minor:
      return parts(version, 2);
    case Release::full:
      return version;
    case Release::amazon:
      return amazon_release(version);
  }
  return version;
}

// What can stand in an ecosystem's name and be looked up: "12", "22.04", "edge".
bool is_release(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
  });
}

// Tumbleweed was ID=opensuse with a date for a version before it had an ID of its own.
bool is_dated_tumbleweed(const Distribution& distribution) {
  const std::string& version = distribution.version_id;
  return distribution.id == "opensuse" && version.size() == 8 && parse_number<unsigned>(version).has_value();
}

std::string_view version_of_codename(std::string_view ecosystem, std::string_view codename) {
  for (const Codename& row : kCodenames) {
    if (row.ecosystem == ecosystem && row.codename == codename) return row.version;
  }
  return {};
}

const Ecosystem* find_ecosystem(std::string_view ecosystem) {
  const std::string_view name = ecosystem.substr(0, ecosystem.find(':'));
  const auto* found = std::ranges::find(kEcosystems, name, &Ecosystem::name);
  return found == std::end(kEcosystems) ? nullptr : found;
}

}  // namespace

std::string_view to_string(VersionScheme scheme) {
  for (const SchemeName& row : kSchemes) {
    if (row.scheme == scheme) return row.name;
  }
  return "semver";
}

std::optional<VersionScheme> parse_version_scheme(std::string_view name) {
  for (const SchemeName& row : kSchemes) {
    if (row.name == name) return row.scheme;
  }
  return std::nullopt;
}

std::optional<std::string> ecosystem_of(const Distribution& distribution) {
  const auto* family = std::ranges::find(kFamilies, distribution.id, &Family::id);
  if (family == std::end(kFamilies)) return std::nullopt;
  if (family->release == Release::none) return std::string(family->ecosystem);
  // Alpine's development branch says its next version with a suffix: "3.23.0_alpha20250612".
  if (family->id == "alpine" && distribution.version_id.find("_alpha") != std::string::npos) return "alpine:edge";
  if (is_dated_tumbleweed(distribution)) return "opensuse-tumbleweed";
  std::string version = to_lower(distribution.version_id);
  if (version.empty()) version = version_of_codename(family->ecosystem, distribution.codename);
  const std::string_view release = release_part(family->release, version);
  if (!is_release(release)) return std::nullopt;
  return std::string(family->ecosystem) + ":" + std::string(release);
}

std::optional<VersionScheme> scheme_of(std::string_view ecosystem) {
  const Ecosystem* row = find_ecosystem(ecosystem);
  if (row == nullptr) return std::nullopt;
  return row->scheme;
}

std::optional<ProductCycle> lifecycle_of(std::string_view ecosystem) {
  const Ecosystem* row = find_ecosystem(ecosystem);
  const std::size_t colon = ecosystem.find(':');
  if (row == nullptr || row->lifecycle.empty() || colon == std::string_view::npos) return std::nullopt;
  std::string cycle(ecosystem.substr(colon + 1));
  // Development branches ("edge", "unstable") have no dates.
  if (cycle.empty() || cycle.front() < '0' || cycle.front() > '9') return std::nullopt;
  if (ecosystem == "amazon:1") cycle = "2018.03";  // its last release, the one whose dates are those of the whole
  const bool first_service_pack = row->name == "sles" && cycle.find('.') == std::string::npos;
  if (first_service_pack) cycle += ".0";
  return ProductCycle{std::string(row->lifecycle), std::move(cycle)};
}

std::optional<ProductCycle> lifecycle_of(const Distribution& distribution) {
  if (distribution.id == "centos" && !distribution.version_id.empty()) {
    const bool stream = std::ranges::find(distribution.channels, "stream") != distribution.channels.end();
    return ProductCycle{stream ? "centos-stream" : "centos", std::string(parts(distribution.version_id, 1))};
  }
  const auto ecosystem = ecosystem_of(distribution);
  return ecosystem ? lifecycle_of(*ecosystem) : std::nullopt;
}

}  // namespace oakum
