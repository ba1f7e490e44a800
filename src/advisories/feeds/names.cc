#include "advisories/feeds/names.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace oakum::advisories {

namespace {

struct Plain {
  std::string_view osv;
  std::string_view ecosystem;
  PackageName by;
};
// Ecosystems without releases.
constexpr Plain kPlain[] = {
    {"npm", "npm", PackageName::binary},
    {"PyPI", "pypi", PackageName::binary},
    {"RubyGems", "gem", PackageName::binary},
    {"Maven", "maven", PackageName::binary},
    {"Go", "go", PackageName::binary},
    {"Packagist", "composer", PackageName::binary},
    {"NuGet", "nuget", PackageName::binary},
    {"crates.io", "crates", PackageName::binary},
    {"Bitnami", "bitnami", PackageName::binary},
    {"Wolfi", "wolfi", PackageName::source},
    {"Chainguard", "chainguard", PackageName::source},
};

// Families of the OSV schema that oakum reads no packages of.
constexpr std::string_view kOtherFamilies[] = {"Alpaquita",
                                               "Android",
                                               "BellSoft Hardened Containers",
                                               "Bioconductor",
                                               "CRAN",
                                               "CleanStart",
                                               "ConanCenter",
                                               "Docker Hardened Images",
                                               "Echo",
                                               "FreeBSD",
                                               "GHC",
                                               "GIT",
                                               "GitHub Actions",
                                               "Hackage",
                                               "Hex",
                                               "Julia",
                                               "Kubernetes",
                                               "Linux",
                                               "Mageia",
                                               "MinimOS",
                                               "OSS-Fuzz",
                                               "Pub",
                                               "Root",
                                               "SwiftURL",
                                               "TuxCare",
                                               "VSCode",
                                               "opam",
                                               "openEuler"};

constexpr std::string_view kReleasedFamilies[] = {"Debian",    "Ubuntu",      "Alpine",  "AlmaLinux", "Rocky Linux",
                                                  "Photon OS", "Azure Linux", "Red Hat", "SUSE",      "openSUSE"};

struct Release {
  std::string_view codename;
  std::string_view version;
};
// https://www.debian.org/releases/
constexpr Release kDebian[] = {
    {"woody", "3.0"},   {"sarge", "3.1"}, {"etch", "4"},    {"lenny", "5"},   {"squeeze", "6"},
    {"wheezy", "7"},    {"jessie", "8"},  {"stretch", "9"}, {"buster", "10"}, {"bullseye", "11"},
    {"bookworm", "12"}, {"trixie", "13"}, {"forky", "14"},  {"duke", "15"},   {"sid", "unstable"},
};
// https://wiki.ubuntu.com/Releases
constexpr Release kUbuntu[] = {
    {"dapper", "6.06"},   {"edgy", "6.10"},     {"feisty", "7.04"},    {"gutsy", "7.10"},    {"hardy", "8.04"},
    {"intrepid", "8.10"}, {"jaunty", "9.04"},   {"karmic", "9.10"},    {"lucid", "10.04"},   {"maverick", "10.10"},
    {"natty", "11.04"},   {"oneiric", "11.10"}, {"precise", "12.04"},  {"quantal", "12.10"}, {"raring", "13.04"},
    {"saucy", "13.10"},   {"trusty", "14.04"},  {"utopic", "14.10"},   {"vivid", "15.04"},   {"wily", "15.10"},
    {"xenial", "16.04"},  {"yakkety", "16.10"}, {"zesty", "17.04"},    {"artful", "17.10"},  {"bionic", "18.04"},
    {"cosmic", "18.10"},  {"disco", "19.04"},   {"eoan", "19.10"},     {"focal", "20.04"},   {"groovy", "20.10"},
    {"hirsute", "21.04"}, {"impish", "21.10"},  {"jammy", "22.04"},    {"kinetic", "22.10"}, {"lunar", "23.04"},
    {"mantic", "23.10"},  {"noble", "24.04"},   {"oracular", "24.10"}, {"plucky", "25.04"},  {"questing", "25.10"},
};

template <std::size_t N>
std::string_view release_of(const Release (&table)[N], std::string_view codename) {
  const auto* row = std::ranges::find(table, codename, &Release::codename);
  return row == std::end(table) ? std::string_view() : row->version;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A release that can stand in an ecosystem's name: "9", "22.04", "edge".
bool is_release(std::string_view text) {
  return !text.empty() && text.size() <= 16 &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.' || (c >= 'a' && c <= 'z'); });
}

std::string_view major_of(std::string_view version) { return version.substr(0, version.find('.')); }

EcosystemName released(std::string_view family, std::string_view release, PackageName by, std::string channel = {}) {
  return {std::string(family) + ":" + std::string(release), std::move(channel), by};
}

// "22.04:LTS", "23.10", "Pro:22.04:LTS", "Pro:FIPS-updates:22.04:LTS", "Pro:Realtime:24.04:LTS"
std::optional<EcosystemName> ubuntu_name(std::string_view rest) {
  std::string channel;
  std::string_view part = next_field(rest, ':');
  if (part == "Pro") {
    channel = "esm-infra";
    part = next_field(rest, ':');
    if (!part.empty() && !is_digit(part.front())) {
      channel = to_lower(part);
      part = next_field(rest, ':');
    }
  }
  if (part.size() < 4 || !is_release(part) || !is_digit(part.front())) return std::nullopt;
  return released("ubuntu", part, PackageName::source, std::move(channel));
}

// "Linux Enterprise Server 15 SP5", "Linux Enterprise Module for Basesystem 15 SP5", "Linux Enterprise Micro 5.3",
// "Linux Micro 6.0": the release is at the end.
std::optional<EcosystemName> suse_name(std::string_view rest) {
  std::string_view family = "sles";
  if (rest.find("Micro") != std::string_view::npos) family = "sle-micro";
  if (family == "sles" && !rest.starts_with("Linux Enterprise")) return std::nullopt;
  // Streams of longer support ("15 SP3-LTSS") belong to their release.
  for (const std::string_view suffix : {"-LTSS", "-ESPOS", "-BCL", "-TERADATA"}) {
    if (rest.ends_with(suffix)) rest.remove_suffix(suffix.size());
  }
  std::string service_pack;
  if (const std::size_t at = rest.rfind(" SP"); at != std::string_view::npos) {
    service_pack = "." + std::string(rest.substr(at + 3));
    rest = rest.substr(0, at);
  }
  const std::size_t space = rest.rfind(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::string release = std::string(rest.substr(space + 1)) + service_pack;
  if (!is_release(release) || !is_digit(release.front())) return std::nullopt;
  return released(family, release, PackageName::source);
}

std::optional<EcosystemName> opensuse_name(std::string_view rest) {
  if (rest == "Tumbleweed") return EcosystemName{"opensuse-tumbleweed", {}, PackageName::source};
  if (rest.starts_with("Leap ") && is_release(rest.substr(5))) {
    return released("opensuse-leap", rest.substr(5), PackageName::source);
  }
  return std::nullopt;
}

// The middle of a CPE: "enterprise_linux:9::appstream", "rhel_eus:9.4::baseos".
std::optional<EcosystemName> redhat_name(std::string_view rest) {
  const std::string_view product = next_field(rest, ':');
  const std::string_view version = next_field(rest, ':');
  if (!is_release(version) || !is_digit(version.front())) return std::nullopt;
  if (product == "enterprise_linux") return released("redhat", major_of(version), PackageName::binary);
  constexpr std::string_view kStreams[] = {"rhel_eus", "rhel_aus", "rhel_tus", "rhel_e4s", "rhel_els"};
  if (std::ranges::find(kStreams, product) == std::end(kStreams)) return std::nullopt;
  return released("redhat", major_of(version), PackageName::binary,
                  std::string(product.substr(5)) + ":" + std::string(version));
}

std::optional<EcosystemName> released_name(std::string_view family, std::string_view rest) {
  if (family == "Ubuntu") return ubuntu_name(rest);
  if (family == "SUSE") return suse_name(rest);
  if (family == "openSUSE") return opensuse_name(rest);
  if (family == "Red Hat") return redhat_name(rest);
  if (family == "Alpine" && rest.starts_with('v')) rest.remove_prefix(1);
  if (!is_release(rest)) return std::nullopt;
  if (family == "Debian") return released("debian", rest, PackageName::source);
  if (family == "Alpine") return released("alpine", rest, PackageName::source);
  if (family == "AlmaLinux") return released("alma", major_of(rest), PackageName::binary);
  if (family == "Rocky Linux") return released("rocky", major_of(rest), PackageName::source);
  if (family == "Photon OS") return released("photon", major_of(rest), PackageName::binary);
  if (family == "Azure Linux") {
    const std::string release = rest.find('.') == std::string_view::npos ? std::string(rest) + ".0" : std::string(rest);
    return released("azurelinux", release, PackageName::binary);
  }
  return std::nullopt;
}

// PEP 503: lower case, and each run of "-", "_" and "." is one "-".
std::string pep503(std::string_view name) {
  std::string result;
  for (const char c : to_lower(name)) {
    const bool separator = c == '-' || c == '_' || c == '.';
    if (separator && !result.empty() && result.back() == '-') continue;
    result += separator ? '-' : c;
  }
  return result;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

// The length of the id that starts at `at` ("CVE-2020-11501", also with "_" for "-"), or 0.
std::size_t cve_length(std::string_view text, std::size_t at) {
  if (!equals_ignoring_case(text.substr(at, 3), "CVE") || digits_at(text, at + 4) != 4) return 0;
  if (text[at + 3] != '-' && text[at + 3] != '_') return 0;
  if (at + 8 >= text.size() || (text[at + 8] != '-' && text[at + 8] != '_')) return 0;
  const std::size_t digits = digits_at(text, at + 9);
  return digits >= 4 && digits <= 19 ? 9 + digits : 0;
}

}  // namespace

std::optional<EcosystemName> ecosystem_of_osv(std::string_view name) {
  const std::string_view family = name.substr(0, name.find(':'));
  const auto* plain = std::ranges::find(kPlain, family, &Plain::osv);
  if (plain != std::end(kPlain)) return EcosystemName{std::string(plain->ecosystem), {}, plain->by};
  if (family.size() == name.size()) return std::nullopt;
  return released_name(family, name.substr(family.size() + 1));
}

bool is_known_osv_family(std::string_view name) {
  const std::string_view family = name.substr(0, name.find(':'));
  return std::ranges::find(kPlain, family, &Plain::osv) != std::end(kPlain) ||
         std::ranges::find(kReleasedFamilies, family) != std::end(kReleasedFamilies) ||
         std::ranges::find(kOtherFamilies, family) != std::end(kOtherFamilies);
}

std::string_view debian_release(std::string_view codename) { return release_of(kDebian, codename); }
std::string_view ubuntu_release(std::string_view codename) { return release_of(kUbuntu, codename); }

std::string normalised_name(std::string_view ecosystem, std::string_view name) {
  if (ecosystem == "pypi") return pep503(name);
  if (ecosystem == "npm" || ecosystem == "nuget" || ecosystem == "composer") return to_lower(name);
  return std::string(name);
}

bool is_cve(std::string_view id) { return id.starts_with("CVE-") && cve_length(id, 0) == id.size() && id[8] == '-'; }

std::vector<std::string> cves_in(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at + 13 <= text.size();) {
    const std::size_t length = cve_length(text, at);
    if (length == 0) {
      ++at;
      continue;
    }
    std::string id = "CVE-" + std::string(text.substr(at + 4, 4)) + "-" + std::string(text.substr(at + 9, length - 9));
    if (std::ranges::find(found, id) == found.end()) found.push_back(std::move(id));
    at += length;
  }
  return found;
}

}  // namespace oakum::advisories
