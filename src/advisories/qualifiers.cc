#include "advisories/qualifiers.h"

#include <algorithm>

#include "advisories/precedence.h"
#include "advisories/record.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kKsplice = "ksplice";
constexpr std::string_view kFips = "fips";

// "name:stream" of "name:stream:version:context".
std::string_view stream_of(std::string_view label) {
  const std::size_t first = label.find(':');
  if (first == std::string_view::npos) return label;
  const std::size_t second = label.find(':', first + 1);
  return label.substr(0, second);
}

// Releases of modular builds say so: "-2.module+el8.4.0+1+abc", "-2.module_el8.5.0+1+abc".
bool is_modular_build(std::string_view version) {
  return version.find(".module+") != std::string_view::npos || version.find(".module_") != std::string_view::npos;
}

std::string_view major_of(std::string_view version) {
  version = without_epoch(version);
  return version.substr(0, version.find_first_of(".-"));
}

std::string_view first_end(const StoredClaim& claim) {
  return claim.ranges.empty() ? std::string_view() : claim.ranges.front().end_text;
}

}  // namespace

std::string_view flavour_of(std::string_view version) {
  if (version.find(".ksplice") != std::string_view::npos) return kKsplice;
  for (const std::string_view mark : {"_fips", "+fips", ".fips", "-fips"}) {
    if (version.find(mark) != std::string_view::npos) return kFips;
  }
  return {};
}

std::string_view flavour_of_channel(std::string_view channel) {
  if (channel.starts_with(kKsplice)) return kKsplice;
  if (channel.starts_with(kFips)) return kFips;
  return {};
}

bool holds_for_module(const StoredClaim& claim, const Package& package, std::string_view ecosystem) {
  if (claim.module.empty()) {
    // Some feeds leave the label out. Streams differ by major version, more often than not, and that is all there is
    // to tell them apart by.
    const std::string_view end = first_end(claim);
    const bool modular = !package.module.empty() || is_modular_build(package.version);
    if (!is_modular_build(end)) return !modular || (end.empty() && package.module.empty());
    return modular && major_of(end) == major_of(package.version);
  }
  if (!package.module.empty()) return stream_of(claim.module) == stream_of(package.module);
  // Oracle's default streams carry no label, though their builds are modular.
  return family_of(ecosystem) == "oracle" && is_modular_build(package.version) &&
         major_of(first_end(claim)) == major_of(package.version);
}

bool holds_for_arch(const StoredClaim& claim, const Package& package) {
  if (claim.arches.empty() || package.arch.empty() || package.arch == "noarch" || package.arch == "all") return true;
  return std::ranges::any_of(claim.arches, [&](std::string_view arch) {
    return arch == package.arch || arch == "noarch" || arch == "all" || arch == "src";
  });
}

}  // namespace oakum::advisories
