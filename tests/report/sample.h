// A small report that the reporters' tests share: one image, two source packages, one of them with two binaries.
#pragma once

#include "model/report.h"

namespace oakum::report {

inline Layer sample_layer(char digit, std::string created_by) {
  Layer layer;
  layer.diff_id = Digest::parse("sha256:" + std::string(64, digit)).value();
  layer.created_by = std::move(created_by);
  return layer;
}

inline Package sample_package(std::string name, std::string version, std::string source, char layer) {
  Package package;
  package.name = std::move(name);
  package.version = std::move(version);
  package.arch = "amd64";
  package.source = {std::move(source), package.version};
  package.ecosystem = "deb";
  package.purl = "pkg:deb/debian/" + package.name + "@" + package.version + "?arch=amd64";
  package.path = "var/lib/dpkg/status";
  package.layer = "sha256:" + std::string(64, layer);
  return package;
}

inline Vulnerability sample_vulnerability(std::string id, std::size_t package, Severity severity, std::string fixed) {
  Vulnerability vulnerability;
  vulnerability.id = std::move(id);
  vulnerability.package = package;
  vulnerability.severity = severity;
  vulnerability.severity_source = "debian";
  vulnerability.status = fixed.empty() ? FixStatus::affected : FixStatus::fixed;
  vulnerability.fixed = std::move(fixed);
  vulnerability.source = "debian";
  return vulnerability;
}

inline Report sample_report() {
  Target target;
  target.name = "shop.tar";
  target.image = Image{.name = "shop.tar", .id = Digest::sha256_of("config"), .platform = {"linux", "amd64", ""}};
  target.image->layers = {sample_layer('a', "/bin/sh -c #(nop) ADD file:1 in / "),
                          sample_layer('b', "RUN /bin/sh -c apt-get install -y curl # buildkit")};
  target.distribution = Distribution{
      .id = "debian", .version_id = "12", .codename = "bookworm", .name = "Debian GNU/Linux 12 (bookworm)"};
  target.ecosystem = "debian:12";
  target.packages = {sample_package("curl", "7.88.1-10", "curl", 'b'),
                     sample_package("libssl3", "3.0.1-1", "openssl", 'a'),
                     sample_package("openssl", "3.0.1-1", "openssl", 'a')};
  target.vulnerabilities = {sample_vulnerability("CVE-2026-3", 0, Severity::medium, ""),
                            sample_vulnerability("CVE-2026-1", 1, Severity::critical, "3.0.2-1"),
                            sample_vulnerability("CVE-2026-2", 1, Severity::high, "3.0.3-1"),
                            sample_vulnerability("CVE-2026-1", 2, Severity::critical, "3.0.2-1"),
                            sample_vulnerability("CVE-2026-2", 2, Severity::high, "3.0.3-1")};
  target.vulnerabilities[1].kev = true;
  target.vulnerabilities[3].kev = true;
  target.vulnerabilities[1].aliases = {"GHSA-aaaa-bbbb-cccc"};
  Report report{.tool_version = "0.1.0"};
  report.database = DatabaseInfo{.path = "oakum.db",
                                 .built = "2026-11-21T00:00:00Z",
                                 .digest = "sha256:0",
                                 .feeds = {{"debian", "2026-11-21", 3}}};
  report.targets.push_back(std::move(target));
  return report;
}

}  // namespace oakum::report
