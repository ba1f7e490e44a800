#include "packages/combine.h"

#include <algorithm>
#include <array>

namespace oakum::packages {

namespace {

// Rebuilds of RHEL carry a redhat-release that says what it likes, and Ubuntu a debian_version of the Debian it grew
// from: those two come last.
constexpr std::string_view kPrecedence[] = {
    "etc/os-release",      "usr/lib/os-release",     "etc/lsb-release",          "etc/openwrt_release",
    "etc/oracle-release",  "etc/enterprise-release", "etc/centos-release",       "etc/almalinux-release",
    "etc/rocky-release",   "etc/fedora-release",     "etc/amazon-linux-release", "etc/photon-release",
    "etc/mariner-release", "etc/azurelinux-release", "etc/SuSE-release",         "etc/alpine-release",
    "etc/arch-release",    "etc/system-release",     "etc/redhat-release",       "etc/debian_version",
};

std::size_t rank_of(const Finding* finding) {
  const auto* found = std::ranges::find(kPrecedence, finding->path);
  return static_cast<std::size_t>(found - std::begin(kPrecedence));
}

std::vector<const Finding*> statements(const std::vector<Finding>& findings, Format format) {
  std::vector<const Finding*> found;
  for (const Finding& finding : findings) {
    if (finding.format == format && finding.distribution) found.push_back(&finding);
  }
  std::ranges::sort(found, [](const Finding* a, const Finding* b) {
    return std::pair(rank_of(a), std::string_view(a->path)) < std::pair(rank_of(b), std::string_view(b->path));
  });
  return found;
}

void add_channels(Distribution& into, const Distribution& from) {
  into.channels.insert(into.channels.end(), from.channels.begin(), from.channels.end());
}

void fill(Distribution& into, const Distribution& from) {
  // A file that gives a codename alone ("trixie/sid") must not hide the number that another one states.
  if (into.version_id.empty()) into.version_id = from.version_id;
  if (into.codename.empty()) into.codename = from.codename;
  if (into.name.empty()) into.name = from.name;
  if (into.id_like.empty()) into.id_like = from.id_like;
  if (into.variant.empty()) into.variant = from.variant;
  add_channels(into, from);
}

std::optional<Distribution> from_release_files(const std::vector<Finding>& findings) {
  const auto files = statements(findings, Format::os_release);
  if (files.empty()) return std::nullopt;
  const auto named = std::ranges::find_if(files, [](const Finding* file) { return !file->distribution->id.empty(); });
  const Finding* first = named == files.end() ? files.front() : *named;
  Distribution distribution = *first->distribution;
  for (const Finding* file : files) {
    if (file != first && file->distribution->id == distribution.id) fill(distribution, *file->distribution);
  }
  return distribution;
}

bool same_branch(std::string_view version, std::string_view branch) {
  return version.starts_with(branch) && (version.size() == branch.size() || version[branch.size()] == '.');
}

// The branch that apk installs from says more than the release of the base package: images move to edge, and stay
// behind, by their repositories alone.
void apply_apk_branch(std::optional<Distribution>& distribution, const std::vector<Finding>& findings) {
  const auto files = statements(findings, Format::apk_repositories);
  if (files.empty()) return;
  const Distribution& stated = *files.front()->distribution;
  if (!distribution) {
    distribution = stated;
  } else if (distribution->id == stated.id && !same_branch(distribution->version_id, stated.version_id)) {
    distribution->version_id = stated.version_id;
  }
}

bool is_minor_release(std::string_view version) { return version.find('.') != std::string_view::npos; }

// "eus:" means the minor release that the system is at; "els:" its major one.
std::vector<std::string> completed(const std::vector<std::string>& channels, const Distribution& distribution) {
  std::vector<std::string> result;
  for (const std::string& channel : channels) {
    if (!channel.ends_with(':')) {
      result.push_back(channel);
    } else if (channel == "els:" && !distribution.version_id.empty()) {
      result.push_back(channel + distribution.version_id.substr(0, distribution.version_id.find('.')));
    } else if (is_minor_release(distribution.version_id)) {
      result.push_back(channel + distribution.version_id);
    }
  }
  return result;
}

void apply_subscriptions(Distribution& distribution, const std::vector<Finding>& findings) {
  if (distribution.id == "ubuntu") {
    for (const Finding* file : statements(findings, Format::ubuntu_pro))
      add_channels(distribution, *file->distribution);
  }
  if (distribution.id == "rhel" || distribution.id == "redhat") {
    for (const Finding* file : statements(findings, Format::redhat_content)) {
      add_channels(distribution, *file->distribution);
    }
    distribution.channels = completed(distribution.channels, distribution);
  }
  std::ranges::sort(distribution.channels);
  const auto repeated = std::ranges::unique(distribution.channels);
  distribution.channels.erase(repeated.begin(), repeated.end());
}

}  // namespace

std::optional<Distribution> combine_distributions(const std::vector<Finding>& findings) {
  std::optional<Distribution> distribution = from_release_files(findings);
  apply_apk_branch(distribution, findings);
  if (distribution) apply_subscriptions(*distribution, findings);
  return distribution;
}

}  // namespace oakum::packages
