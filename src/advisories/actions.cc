#include "advisories/actions.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "versions/version.h"

namespace oakum::advisories {

namespace {

// How each distribution upgrades: one package list, and everything.
struct Upgrade {
  std::string_view ecosystem;
  std::string_view some;  // package names follow
  std::string_view all;
};
constexpr Upgrade kUpgrades[] = {
    {"debian", "apt-get install -y --only-upgrade",
     "RUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*"},
    {"ubuntu", "apt-get install -y --only-upgrade",
     "RUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*"},
    {"alpine", "apk upgrade --no-cache", "RUN apk upgrade --no-cache"},
    {"wolfi", "apk upgrade --no-cache", "RUN apk upgrade --no-cache"},
    {"chainguard", "apk upgrade --no-cache", "RUN apk upgrade --no-cache"},
    {"redhat", "dnf upgrade -y", "RUN dnf upgrade -y && dnf clean all"},
    {"alma", "dnf upgrade -y", "RUN dnf upgrade -y && dnf clean all"},
    {"rocky", "dnf upgrade -y", "RUN dnf upgrade -y && dnf clean all"},
    {"oracle", "dnf upgrade -y", "RUN dnf upgrade -y && dnf clean all"},
    {"fedora", "dnf upgrade -y", "RUN dnf upgrade -y && dnf clean all"},
    {"amazon", "dnf upgrade -y", "RUN dnf upgrade -y && dnf clean all"},
    {"azurelinux", "tdnf upgrade -y", "RUN tdnf upgrade -y && tdnf clean all"},
    {"photon", "tdnf upgrade -y", "RUN tdnf upgrade -y && tdnf clean all"},
    {"sles", "zypper update -y", "RUN zypper --non-interactive update && zypper clean --all"},
    {"opensuse-leap", "zypper update -y", "RUN zypper --non-interactive update && zypper clean --all"},
    {"opensuse-tumbleweed", "zypper update -y", "RUN zypper --non-interactive dup && zypper clean --all"},
    {"arch", "pacman -Syu --noconfirm", "RUN pacman -Syu --noconfirm"},
};

const Upgrade* upgrade_of(std::string_view ecosystem) {
  const auto* row = std::ranges::find(kUpgrades, ecosystem.substr(0, ecosystem.find(':')), &Upgrade::ecosystem);
  return row == std::end(kUpgrades) ? nullptr : row;
}

struct Draft {
  Action action;
  std::map<std::string, Severity> closes;
  std::set<std::string> binaries;
};

// The later of two versions; when one does not parse, the one that does.
std::string later(const std::optional<VersionScheme>& scheme, const std::string& a, const std::string& b) {
  if (a.empty() || !scheme) return b;
  const auto order = versions::compare(*scheme, a, b);
  return order && *order == std::strong_ordering::greater ? a : b;
}

void add(Draft& draft, const std::optional<VersionScheme>& scheme, const Package& package,
         const Vulnerability& vulnerability) {
  draft.action.package = package.source.name;
  draft.action.from = package.source.version;
  draft.action.layer = package.layer;
  draft.action.to = later(scheme, draft.action.to, vulnerability.fixed);
  draft.action.kev = draft.action.kev || vulnerability.kev;
  draft.binaries.insert(package.name);
  Severity& severity = draft.closes[vulnerability.id];
  severity = std::max(severity, vulnerability.severity);
}

Action finished(Draft draft, const Upgrade* upgrade) {
  Action action = std::move(draft.action);
  action.binaries.assign(draft.binaries.begin(), draft.binaries.end());
  for (const auto& [id, severity] : draft.closes) {
    action.closes.push_back(id);
    ++action.by_severity[static_cast<std::size_t>(severity)];
  }
  if (upgrade != nullptr) {
    action.command = upgrade->some;
    for (const std::string& binary : action.binaries) action.command += " " + binary;
  }
  return action;
}

// Exploited first, then by what it closes, worst severity first.
bool more_useful(const Action& a, const Action& b) {
  if (a.kev != b.kev) return a.kev;
  for (const Severity severity : kSeverities) {
    const auto at = static_cast<std::size_t>(severity);
    if (a.by_severity[at] != b.by_severity[at]) return a.by_severity[at] > b.by_severity[at];
  }
  return std::tie(a.package, a.from, a.layer) < std::tie(b.package, b.from, b.layer);
}

}  // namespace

void plan_actions(Target& target) {
  const auto scheme = scheme_of(target.ecosystem);
  const Upgrade* upgrade = upgrade_of(target.ecosystem);
  std::map<std::tuple<std::string, std::string, std::string>, Draft> drafts;
  for (const Vulnerability& vulnerability : target.vulnerabilities) {
    if (vulnerability.suppressed || vulnerability.status != FixStatus::fixed || vulnerability.fixed.empty()) continue;
    const Package& package = target.packages.at(vulnerability.package);
    add(drafts[{package.source.name, package.source.version, package.layer}], scheme, package, vulnerability);
  }
  target.actions.clear();
  for (auto& [key, draft] : drafts) target.actions.push_back(finished(std::move(draft), upgrade));
  std::ranges::sort(target.actions, more_useful);
  target.upgrade_all = upgrade != nullptr && !target.actions.empty() ? std::string(upgrade->all) : std::string();
}

}  // namespace oakum::advisories
