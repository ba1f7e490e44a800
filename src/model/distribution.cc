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
    {"amzn", "amazon", Release::full},
    {"fedora", "fedora", Release::major},
    {"sles", "sles", Release::full},
    {"sled", "sles", Release::full},
    {"sles_sap", "sles", Release::full},
    {"sle-micro", "sle-micro", Release::full},
    {"sl-micro", "sle-micro", Release::full},
    {"opensuse-leap", "opensuse-leap", Release::full},
    {"opensuse", "opensuse-leap", Release::full},
    {"opensuse-tumbleweed", "opensuse-tumbleweed", Release::none},
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
  std::string_view id;
  std::string_view codename;
  std::string_view version;
};
constexpr Codename kCodenames[] = {
    {"debian", "stretch", "9"},  {"debian", "buster", "10"},  {"debian", "bullseye", "11"}, {"debian", "bookworm", "12"},
    {"debian", "trixie", "13"},  {"debian", "forky", "14"},   {"debian", "sid", "unstable"},
    {"ubuntu", "trusty", "14.04"}, {"ubuntu", "xenial", "16.04"}, {"ubuntu", "bionic", "18.04"},
    {"ubuntu", "focal", "20.04"},  {"ubuntu", "jammy", "22.04"},  {"ubuntu", "noble", "24.04"},
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
    {"sle-micro", VersionScheme::rpm, ""},
    {"opensuse-leap", VersionScheme::rpm, "opensuse"},
    {"opensuse-tumbleweed", VersionScheme::rpm, ""},
    {"photon", VersionScheme::rpm, "photon"},
    {"azurelinux", VersionScheme::rpm, "azure-linux"},
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
    {"deb", VersionScheme::deb},           {"apk", VersionScheme::apk},     {"rpm", VersionScheme::rpm},
    {"pacman", VersionScheme::pacman},     {"opkg", VersionScheme::opkg},   {"semver", VersionScheme::semver},
    {"npm", VersionScheme::npm},           {"pep440", VersionScheme::pep440}, {"gem", VersionScheme::gem},
    {"maven", VersionScheme::maven},       {"go", VersionScheme::go},       {"composer", VersionScheme::composer},
    {"nuget", VersionScheme::nuget},       {"crates", VersionScheme::crates},
};

std::string_view parts(std::string_view version, std::size_t count) {
  std::size_t at = 0;
  while (count-- > 0) {
    at = version.find('.', at == 0 ? 0 : at + 1);
    if (at == std::string_view::npos) return version;
  }
  return version.substr(0, at);
}

std::string_view release_part(Release release, std::string_view version) {
  switch (release) {
    case Release::none: return {};
    case Release::major: return parts(version, 1);
    case Release::major_minor: return parts(version, 2);
    case Release::full: return version;
  }
  return version;
}

std::string_view version_of_codename(std::string_view id, std::string_view codename) {
  for (const Codename& row : kCodenames) {
    if (row.id == id && row.codename == codename) return row.version;
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
  std::string_view version = distribution.version_id;
  if (version.empty()) version = version_of_codename(distribution.id, distribution.codename);
  if (version.empty()) return std::nullopt;
  return std::string(family->ecosystem) + ":" + std::string(release_part(family->release, version));
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
  return ProductCycle{std::string(row->lifecycle), std::string(ecosystem.substr(colon + 1))};
}

}  // namespace oakum
