#include "advisories/vendors.h"

#include <algorithm>
#include <array>

#include "advisories/precedence.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

// rpm's Vendor is set by the build system, so each distribution has few values of it. Lower case; part of the field.
struct RpmVendor {
  std::string_view family;
  std::array<std::string_view, 3> words;
};
constexpr RpmVendor kRpmVendors[] = {
    {"redhat", {"red hat", "centos", ""}},
    {"alma", {"almalinux", "alma linux", ""}},
    {"rocky", {"rocky", "resf", ""}},
    {"oracle", {"oracle", "", ""}},
    {"amazon", {"amazon", "", ""}},
    {"fedora", {"fedora", "", ""}},
    {"sles", {"suse", "", ""}},
    {"sle-micro", {"suse", "", ""}},
    {"opensuse-leap", {"suse", "", ""}},
    {"opensuse-tumbleweed", {"suse", "", ""}},
    {"photon", {"vmware", "broadcom", ""}},
    {"azurelinux", {"microsoft", "azure", ""}},
};

// dpkg's Maintainer is a person or team with any address: only those are named who publish a repository of their own.
constexpr std::string_view kDebVendors[] = {
    "@docker.com",
    "@nginx.com",
    "nginx-packaging@f5.com",
    "@hashicorp.com",
    "@nodesource.com",
    "@mongodb.com",
    "@elastic.co",
    "@grafana.com",
    "@datadoghq.com",
    "@gitlab.com",
    "@nvidia.com",
    "@influxdata.com",
    "@confluent.io",
    "@adoptium.net",
    "@eclipse.org",
    "@azul.com",
    "@percona.com",
    "@mariadb.org",
    "@rabbitmq.com",
    "@clickhouse.com",
    "@tailscale.com",
    "@oracle.com",
    "chrome-linux-team@",
    "linux-chrome-",
    "@teams.microsoft.com",
    "dotnet@microsoft",
    "@newrelic.com",
    "@redis.com",
    "@redis.io",
    "@snyk.io",
    "@aquasec.com",
    "@timescale.com",
    "@cloudflare.com",
    "linux-packages@slack-",
};

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool is_foreign_rpm(std::string_view vendor, std::string_view family) {
  const auto* row = std::ranges::find(kRpmVendors, family, &RpmVendor::family);
  if (row == std::end(kRpmVendors)) return false;
  return std::ranges::none_of(row->words, [&](std::string_view word) { return !word.empty() && holds(vendor, word); });
}

}  // namespace

bool is_foreign(const Package& package, std::string_view ecosystem) {
  if (package.vendor.empty() || package.vendor == "(none)") return false;
  const std::string vendor = to_lower(package.vendor);
  if (package.ecosystem == "rpm") return is_foreign_rpm(vendor, family_of(ecosystem));
  if (package.ecosystem != "deb") return false;
  return std::ranges::any_of(kDebVendors, [&](std::string_view mark) { return holds(vendor, mark); });
}

}  // namespace oakum::advisories
