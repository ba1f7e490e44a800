// The operating system of an image, and the key under which advisories know it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oakum {

// What os-release(5) and the older files say. Strings are as found, unquoted; empty when not stated.
struct Distribution {
  std::string id;  // os-release ID: "debian", "rhel", "alpine", …
  std::string id_like;
  std::string version_id;  // VERSION_ID, or what the older file says: "12", "3.20.3", "9.4"
  std::string codename;    // VERSION_CODENAME: "bookworm"
  std::string name;        // PRETTY_NAME or the nearest to it
  std::string variant;     // VARIANT_ID
  std::string path;        // the file that said so, inside the image
  // Streams beside the release that the system is subscribed to and may get fixes from, in the words of feeds:
  // "esm-infra", "esm-apps" (Ubuntu Pro attached), "eus:9.4" (RHEL), "stream" (CentOS Stream).
  std::vector<std::string> channels;

  bool operator==(const Distribution&) const = default;
};

enum class VersionScheme : std::uint8_t {
  deb,
  apk,
  rpm,
  pacman,
  opkg,
  semver,
  npm,
  pep440,
  gem,
  maven,
  go,
  composer,
  nuget,
  crates
};
std::string_view to_string(VersionScheme scheme);
std::optional<VersionScheme> parse_version_scheme(std::string_view name);

// The advisory ecosystem of a distribution release: "debian:12", "alpine:3.20", "ubuntu:22.04", "redhat:9",
// "alma:9", "opensuse-leap:15.3", "wolfi", … (docs/ecosystems.md lists them). Language ecosystems: "npm", "pypi", ….
// nullopt for a distribution that oakum does not know, or one that does not say its version.
std::optional<std::string> ecosystem_of(const Distribution& distribution);

// The order in which an ecosystem's versions are compared; nullopt for an unknown one.
std::optional<VersionScheme> scheme_of(std::string_view ecosystem);

// endoflife.date's product and cycle for an ecosystem ("debian:12" → {"debian", "12"}); nullopt where it has none.
struct ProductCycle {
  std::string product;
  std::string cycle;
};
std::optional<ProductCycle> lifecycle_of(std::string_view ecosystem);

// The same for a distribution, and better where it is known: CentOS uses Red Hat's advisories, but had its own dates.
std::optional<ProductCycle> lifecycle_of(const Distribution& distribution);

}  // namespace oakum
