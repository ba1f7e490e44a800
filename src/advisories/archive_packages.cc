#include "advisories/archive_packages.h"

#include <algorithm>
#include <set>

#include "advisories/deb822.h"
#include "advisories/package_mirror.h"
#include "base/text.h"
#include "versions/version.h"

namespace oakum::advisories {

namespace {

constexpr std::size_t kMaxBinaries = 10'000;  // of one source; the kernel and texlive have a few hundred

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// "Source: nginx (1.22.1-9)"; the version is there when it differs from the binary's.
SourcePackage source_of(const Paragraph& paragraph) {
  SourcePackage package{std::string(paragraph.get("Source")), std::string(paragraph.get("Version"))};
  if (package.source.empty()) package.source = paragraph.get("Package");
  const std::size_t open = package.source.find(" (");
  if (open == std::string::npos) return package;
  const std::size_t close = package.source.find(')', open);
  if (close != std::string::npos) package.version = package.source.substr(open + 2, close - open - 2);
  package.source.resize(open);
  return package;
}

using Installed = std::map<std::string, std::string, std::less<>>;

Installed lowest_installed(std::span<const SourcePackage> packages, std::vector<Error>& problems) {
  Installed installed;
  for (const SourcePackage& package : packages) {
    const auto [row, fresh] = installed.emplace(package.source, package.version);
    const auto order = versions::compare(VersionScheme::deb, package.version, row->second);
    if (!order) {
      problems.push_back({ErrorCode::invalid,
                          printable(package.source, 200),
                          "its version " + printable(package.version, 200) + " does not parse",
                          {}});
      if (fresh) installed.erase(row);
    } else if (std::is_lt(*order)) {
      row->second = package.version;
    }
  }
  return installed;
}

class Collector {
 public:
  Collector(const Installed& installed, PackagesIndex& index) : installed_(installed), index_(index) {}

  void add(const Paragraph& paragraph) {
    const SourcePackage package = source_of(paragraph);
    if (!is_source_name(package.source)) return;
    names_.insert(package.source);
    const auto installed = installed_.find(package.source);
    if (installed == installed_.end()) return;
    if (!is_debian_version(package.version) || !is_newer(package, installed->second)) return;
    add_binary(take_newest(package, installed->second), paragraph);
  }

  void finish() {
    index_.sources = names_.size();
    for (auto& [name, newer] : newer_) {
      std::ranges::sort(newer.binaries, {}, [](const BinaryPackage& b) { return std::pair(b.size, b.name); });
      index_.newer.push_back(std::move(newer));
    }
  }

 private:
  bool is_newer(const SourcePackage& package, const std::string& than) {
    const auto order = versions::compare(VersionScheme::deb, package.version, than);
    if (order) return std::is_gt(*order);
    index_.problems.push_back(Error(order.error()).in(package.source));
    return false;
  }

  // The row of the source when `package` is of its newest version so far; else null.
  NewerSource* take_newest(const SourcePackage& package, const std::string& installed) {
    NewerSource& row = newer_[package.source];
    if (row.newest.empty() || is_newer(package, row.newest)) {
      row = {package.source, installed, package.version, {}};
    }
    return row.newest == package.version ? &row : nullptr;
  }

  static void add_binary(NewerSource* row, const Paragraph& paragraph) {
    const auto size = parse_number<std::uint64_t>(paragraph.get("Size"));
    BinaryPackage binary{std::string(paragraph.get("Package")), std::string(paragraph.get("Filename")),
                         std::string(paragraph.get("SHA256")), size.value_or(0)};
    if (row == nullptr || !size || binary.sha256.size() != 64 || row->binaries.size() >= kMaxBinaries) return;
    if (!is_safe_path(binary.filename)) return;
    row->binaries.push_back(std::move(binary));
  }

  const Installed& installed_;
  PackagesIndex& index_;
  std::set<std::string, std::less<>> names_;
  std::map<std::string, NewerSource> newer_;
};

}  // namespace

PackagesIndex newer_sources(std::span<const std::string_view> indexes, std::span<const SourcePackage> packages) {
  PackagesIndex index;
  const Installed installed = lowest_installed(packages, index.problems);
  Collector collector(installed, index);
  Paragraph paragraph;
  for (const std::string_view text : indexes) {
    ParagraphReader reader(text);
    while (reader.next(paragraph)) collector.add(paragraph);
  }
  collector.finish();
  return index;
}

bool is_source_name(std::string_view name) {
  return name.size() >= 2 && name.size() <= 200 && is_lower_or_digit(name[0]) &&
         std::ranges::all_of(name, [](char c) { return is_lower_or_digit(c) || c == '+' || c == '-' || c == '.'; });
}

bool is_debian_version(std::string_view version) {
  return !version.empty() && version.size() <= 200 && std::ranges::all_of(version, [](char c) {
    return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') ||
           std::string_view(".+-~:").find(c) != std::string_view::npos;
  });
}

}  // namespace oakum::advisories
