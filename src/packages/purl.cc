#include "packages/purl.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::packages {

namespace {

// The specification's "Character encoding": the colon stays as it is.
void append_encoded(std::string& out, std::string_view text) { out += percent_encoded(text, ":"); }

// Namespaces are vendors. Those that differ from the os-release ID:
struct Vendor {
  std::string_view id;
  std::string_view vendor;
};
constexpr Vendor kVendors[] = {
    {"rhel", "redhat"},
    {"opensuse-leap", "opensuse"},
    {"opensuse-tumbleweed", "opensuse"},
    {"archarm", "arch"},
};

std::string namespace_of(const Distribution& distribution) {
  const auto* row = std::ranges::find(kVendors, distribution.id, &Vendor::id);
  return row == std::end(kVendors) ? to_lower(distribution.id) : std::string(row->vendor);
}

std::string distro_of(const Distribution& distribution) {
  const std::string& release = distribution.version_id.empty() ? distribution.codename : distribution.version_id;
  return release.empty() ? distribution.id : distribution.id + "-" + release;
}

// rpm's purl has the epoch as a qualifier, everywhere else it is part of the version.
std::string_view without_epoch(const Package& package, std::string_view version) {
  if (package.ecosystem != "rpm") return version;
  const std::size_t colon = version.find(':');
  return colon == std::string_view::npos ? version : version.substr(colon + 1);
}

std::string upstream_of(const Package& package) {
  const std::string_view version = without_epoch(package, package.source.version);
  const bool same_version = version.empty() || version == without_epoch(package, package.version);
  if (package.source.name.empty() || (package.source.name == package.name && same_version)) return {};
  return same_version ? package.source.name : package.source.name + "@" + std::string(version);
}

class Qualifiers {
 public:
  explicit Qualifiers(std::string& purl) : purl_(purl) {}
  // Calls must come in the order of the keys: that is the canonical form.
  void add(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    purl_ += separator_;
    purl_.append(key).append("=");
    append_encoded(purl_, value);
    separator_ = '&';
  }

 private:
  std::string& purl_;
  char separator_ = '?';
};

}  // namespace

std::string purl_of(const Package& package, const std::optional<Distribution>& distribution) {
  const bool lower = package.ecosystem != "rpm";  // rpm names are case-sensitive
  std::string purl = "pkg:" + package.ecosystem + "/";
  if (distribution && !distribution->id.empty()) {
    append_encoded(purl, namespace_of(*distribution));
    purl += '/';
  }
  append_encoded(purl, lower ? to_lower(package.name) : package.name);
  purl += '@';
  append_encoded(purl, without_epoch(package, package.version));
  Qualifiers qualifiers(purl);
  qualifiers.add("arch", package.arch);
  if (distribution && !distribution->id.empty()) qualifiers.add("distro", distro_of(*distribution));
  if (package.ecosystem == "rpm" && package.epoch != "0") qualifiers.add("epoch", package.epoch);
  qualifiers.add("upstream", upstream_of(package));
  return purl;
}

}  // namespace oakum::packages
