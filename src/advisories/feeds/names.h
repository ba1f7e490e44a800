// Names as feeds write them, brought to the form in which oakum compares them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/advisory.h"

namespace oakum::advisories {

struct EcosystemName {
  std::string ecosystem;  // "ubuntu:22.04"
  std::string channel;    // "esm-apps"; empty for the release itself
  PackageName by = PackageName::binary;
  bool operator==(const EcosystemName&) const = default;
};

// An OSV ecosystem ("Ubuntu:Pro:22.04:LTS", "Alpine:v3.20", "npm"); nullopt for one that oakum has no packages of.
// For Ubuntu Pro the stream is not in the name: the channel is "esm-infra" unless the purl of the package says else.
std::optional<EcosystemName> ecosystem_of_osv(std::string_view name);
// Whether `name` is of a known OSV ecosystem family, so that skipping it is no surprise ("SwiftURL", "GitHub Actions").
bool is_known_osv_family(std::string_view name);

// Debian and Ubuntu codenames → "12", "22.04"; empty for an unknown one.
std::string_view debian_release(std::string_view codename);
std::string_view ubuntu_release(std::string_view codename);

// PEP 503 for "pypi"; lower case for "npm", "nuget", "composer"; as it is elsewhere.
std::string normalised_name(std::string_view ecosystem, std::string_view name);

// "CVE-2024-3094": the prefix, four digits of a year, four or more of a number.
bool is_cve(std::string_view id);

// Upper-case CVE ids found in a text ("CVE-2020-11501 GNUTLS-SA-2020-03-31", "CVE_2019-2426"), in order, without
// repeats.
std::vector<std::string> cves_in(std::string_view text);

}  // namespace oakum::advisories
