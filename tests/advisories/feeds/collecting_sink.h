// A sink that keeps what a feed says, and a feed file with given bytes.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "advisories/feed.h"
#include "base/fd.h"

namespace oakum::advisories {

struct CollectingSink final : FeedSink {
  void claim(Claim item) override { claims.push_back(std::move(item)); }
  void vulnerability(VulnerabilityRecord item) override { vulnerabilities.push_back(std::move(item)); }
  void kev(KevRecord item) override { kevs.push_back(std::move(item)); }
  void epss(EpssRecord item) override { epsses.push_back(std::move(item)); }
  void lifecycle(LifecycleRecord item) override { lifecycles.push_back(std::move(item)); }
  void covers(std::string_view ecosystem) override { covered.emplace_back(ecosystem); }
  void problem(std::string_view place, std::string_view message) override {
    problems.push_back(std::string(place) + ": " + std::string(message));
  }
  void dated(std::string_view day) override { date = day; }
  void note(std::string_view text) override { notes.emplace_back(text); }

  // Claims about one package, in the order in which they came.
  std::vector<Claim> about(std::string_view package) const {
    std::vector<Claim> found;
    std::ranges::copy_if(claims, std::back_inserter(found), [&](const Claim& c) { return c.package == package; });
    return found;
  }

  std::vector<Claim> claims;
  std::vector<VulnerabilityRecord> vulnerabilities;
  std::vector<KevRecord> kevs;
  std::vector<EpssRecord> epsses;
  std::vector<LifecycleRecord> lifecycles;
  std::vector<std::string> covered;
  std::vector<std::string> problems;
  std::vector<std::string> notes;
  std::string date;
};

// Lets `feed` read `bytes` as its file at `path` below the mirror's root.
inline Status read_bytes(const Feed& feed, std::string_view path, std::string_view bytes, FeedSink& sink) {
  auto directory = TemporaryDirectory::create("oakum-feed");
  if (!directory) return std::unexpected(directory.error());
  const std::string disk = directory->path() + "/file";
  if (auto written = write_file_atomically(disk, bytes); !written) return written;
  return feed.read(FeedFile{std::string(path), disk}, sink);
}

}  // namespace oakum::advisories
