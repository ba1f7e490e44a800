// Shared by the fuzz targets of feeds: a sink that holds claims to the contract of model/advisory.h.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fcntl.h>

#include "advisories/feed.h"
#include "base/fd.h"

namespace oakum::advisories {

struct CheckingSink final : FeedSink {
  void claim(Claim item) override {
    const bool complete = !item.ecosystem.empty() && !item.package.empty() && !item.vulnerability.empty();
    const bool safe = item.status == FixStatus::not_affected;
    // A claim is about no version only where it says that the package is safe.
    if (!complete || safe != (item.ranges.empty() && item.versions.empty())) std::abort();
    for (const AffectedRange& range : item.ranges) {
      if (!range.fixed.empty() && !range.last_affected.empty()) std::abort();
    }
  }
  void vulnerability(VulnerabilityRecord item) override {
    if (item.id.empty()) std::abort();
    for (const SeverityStatement& statement : item.severities) {
      if (statement.cvss && !(statement.cvss->score >= 0 && statement.cvss->score <= 10)) std::abort();
    }
  }
  void kev(KevRecord item) override {
    if (item.cve.empty()) std::abort();
  }
  void epss(EpssRecord item) override {
    if (!(item.score >= 0 && item.score <= 1)) std::abort();
  }
  void lifecycle(LifecycleRecord item) override {
    if (item.product.empty() || item.cycle.empty()) std::abort();
  }
  void covers(std::string_view) override {}
  void problem(std::string_view, std::string_view) override {}
  void dated(std::string_view) override {}
};

// Lets the feed read the input as its file at `path` below a mirror.
inline int fuzz_feed(const Feed& feed, const std::string& path, const std::uint8_t* data, std::size_t size) {
  static const std::string disk = [] {
    static const auto directory = TemporaryDirectory::create("oakum-fuzz", "/dev/shm");
    return directory ? directory->path() + "/file" : std::string();
  }();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto file = open_file(disk, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (!file || !write_all(file->get(), bytes, disk)) std::abort();
  CheckingSink sink;
  static_cast<void>(feed.read({path, disk}, sink));
  return 0;
}

}  // namespace oakum::advisories
