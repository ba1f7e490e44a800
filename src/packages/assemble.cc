#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "packages/analyser.h"
#include "packages/combine.h"
#include "packages/purl.h"
#include "packages/reading.h"

namespace oakum::packages {

namespace {

// Where a package's file list is to be found: the list's path without its extension.
class FileLists {
 public:
  explicit FileLists(std::vector<Finding>& findings) {
    for (Finding& finding : findings) {
      if (finding.files_of.empty()) continue;
      const std::size_t dot = finding.path.rfind('.');
      const bool pacman = finding.format == Format::pacman_files;
      std::string_view key = pacman ? directory_of(finding.path) : std::string_view(finding.path).substr(0, dot);
      auto [at, added] = lists_.try_emplace(key, &finding);
      // Of dpkg's two, NAME.list also knows the configuration files and links.
      if (!added && finding.path.ends_with(".list")) at->second = &finding;
    }
  }

  void move_to(Package& package) const {
    for (const std::string& key : keys(package)) {
      const auto found = lists_.find(key);
      if (found == lists_.end()) continue;
      package.files = std::move(found->second->files);
      return;
    }
  }

 private:
  static std::vector<std::string> keys(const Package& package) {
    const std::string directory(directory_of(package.path));
    if (package.ecosystem == "alpm") return {directory};
    if (package.path.ends_with(".control")) return {directory + "/" + package.name};
    if (package.path.ends_with("/status")) {
      const std::string key = directory + "/info/" + package.name;
      return {key + ":" + package.arch, key};  // "libc6:amd64.list" for Multi-Arch: same
    }
    return {package.path};  // distroless: status.d/NAME, NAME.md5sums
  }

  std::unordered_map<std::string_view, Finding*> lists_;
};

bool is_control(const Package& package) { return package.ecosystem == "opkg" && package.path.ends_with(".control"); }

bool has_own_source(const Package& package) {
  return package.source.name != package.name || package.source.version != package.version;
}

// opkg's status file says what is installed, the .control files beside it say more of each package. Without a status
// file, what they say is all there is.
void merge_opkg_controls(std::vector<Package>& packages) {
  std::unordered_map<std::string, Package*> installed;
  for (Package& package : packages) {
    const bool status = package.ecosystem == "opkg" && !is_control(package);
    if (status) installed.emplace(package.name + " " + package.version, &package);
  }
  if (installed.empty()) return;
  for (const Package& control : packages) {
    if (!is_control(control)) continue;
    const auto found = installed.find(control.name + " " + control.version);
    if (found == installed.end()) continue;
    Package& package = *found->second;
    if (has_own_source(control)) package.source = control.source;
    if (package.vendor.empty()) package.vendor = control.vendor;
    if (package.license.empty()) package.license = control.license;
  }
  std::erase_if(packages, is_control);
}

auto identity(const Package& package) {
  return std::tie(package.name, package.version, package.arch, package.ecosystem);
}

// Two databases may name the same package: the one that knows its source is kept (a chisel manifest does not).
void sort_and_deduplicate(std::vector<Package>& packages) {
  std::ranges::sort(packages, [](const Package& a, const Package& b) {
    const bool a_plain = !has_own_source(a);
    const bool b_plain = !has_own_source(b);
    return std::tuple(identity(a), a_plain, std::string_view(a.path)) <
           std::tuple(identity(b), b_plain, std::string_view(b.path));
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    if (kept > 0 && identity(packages[kept - 1]) == identity(packages[i])) {
      Package& twin = packages[kept - 1];
      if (twin.files.empty()) twin.files = std::move(packages[i].files);
      continue;
    }
    if (kept != i) packages[kept] = std::move(packages[i]);
    ++kept;
  }
  packages.resize(kept);
  std::ranges::sort(packages, [](const Package& a, const Package& b) {
    return std::tie(a.name, a.version, a.arch, a.path) < std::tie(b.name, b.version, b.arch, b.path);
  });
}

}  // namespace

Assembled assemble(std::vector<Finding> findings) {
  std::ranges::sort(findings, {}, &Finding::path);
  Assembled assembled;
  assembled.distribution = combine_distributions(findings);
  if (assembled.distribution) assembled.ecosystem = ecosystem_of(*assembled.distribution).value_or("");
  for (Finding& finding : findings) {
    std::ranges::move(finding.packages, std::back_inserter(assembled.packages));
    std::ranges::move(finding.errors, std::back_inserter(assembled.errors));
  }
  merge_opkg_controls(assembled.packages);
  const FileLists lists(findings);
  for (Package& package : assembled.packages) {
    if (package.files.empty()) lists.move_to(package);
    package.purl = purl_of(package, assembled.distribution);
  }
  sort_and_deduplicate(assembled.packages);
  return assembled;
}

}  // namespace oakum::packages
