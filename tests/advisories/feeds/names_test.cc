#include "advisories/feeds/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum::advisories {
namespace {

EcosystemName named(std::string ecosystem, PackageName by = PackageName::binary, std::string channel = {}) {
  return {std::move(ecosystem), std::move(channel), by};
}

TEST(EcosystemOfOsv, MapsLanguageEcosystems) {
  EXPECT_EQ(ecosystem_of_osv("npm"), named("npm"));
  EXPECT_EQ(ecosystem_of_osv("PyPI"), named("pypi"));
  EXPECT_EQ(ecosystem_of_osv("RubyGems"), named("gem"));
  EXPECT_EQ(ecosystem_of_osv("crates.io"), named("crates"));
  EXPECT_EQ(ecosystem_of_osv("Packagist:https://packages.drupal.org/8"), named("composer"));
}

TEST(EcosystemOfOsv, MapsDistributionReleases) {
  constexpr PackageName kSource = PackageName::source;
  EXPECT_EQ(ecosystem_of_osv("Debian:12"), named("debian:12", kSource));
  EXPECT_EQ(ecosystem_of_osv("Alpine:v3.20"), named("alpine:3.20", kSource));
  EXPECT_EQ(ecosystem_of_osv("AlmaLinux:9"), named("alma:9"));
  EXPECT_EQ(ecosystem_of_osv("Rocky Linux:9"), named("rocky:9", kSource));
  EXPECT_EQ(ecosystem_of_osv("Ubuntu:22.04:LTS"), named("ubuntu:22.04", kSource));
  EXPECT_EQ(ecosystem_of_osv("Ubuntu:23.10"), named("ubuntu:23.10", kSource));
  EXPECT_EQ(ecosystem_of_osv("Ubuntu:Pro:22.04:LTS"), named("ubuntu:22.04", kSource, "esm-infra"));
  EXPECT_EQ(ecosystem_of_osv("Ubuntu:Pro:FIPS-updates:20.04:LTS"), named("ubuntu:20.04", kSource, "fips-updates"));
  EXPECT_EQ(ecosystem_of_osv("SUSE:Linux Enterprise Server 15 SP5"), named("sles:15.5", kSource));
  EXPECT_EQ(ecosystem_of_osv("SUSE:Linux Enterprise Server 15 SP3-LTSS"), named("sles:15.3", kSource));
  EXPECT_EQ(ecosystem_of_osv("SUSE:Linux Enterprise Micro 5.3"), named("sle-micro:5.3", kSource));
  EXPECT_EQ(ecosystem_of_osv("openSUSE:Leap 15.5"), named("opensuse-leap:15.5", kSource));
  EXPECT_EQ(ecosystem_of_osv("openSUSE:Tumbleweed"), named("opensuse-tumbleweed", kSource));
  EXPECT_EQ(ecosystem_of_osv("Red Hat:enterprise_linux:9::appstream"), named("redhat:9"));
  EXPECT_EQ(ecosystem_of_osv("Red Hat:rhel_eus:9.4::baseos"), named("redhat:9", PackageName::binary, "eus:9.4"));
  EXPECT_EQ(ecosystem_of_osv("Photon OS:4.0"), named("photon:4"));
  EXPECT_EQ(ecosystem_of_osv("Azure Linux:3"), named("azurelinux:3.0"));
}

TEST(EcosystemOfOsv, LeavesOutWhatOakumHasNoPackagesOf) {
  for (const std::string_view name : {"SwiftURL", "GitHub Actions", "Debian", "Ubuntu:", "Ubuntu:Pro", "Alpine:v3/20",
                                      "Red Hat:openshift:4.12::el8", "SUSE:Manager Server 4.3", "", "Go2"}) {
    EXPECT_FALSE(ecosystem_of_osv(name)) << name;
  }
}

TEST(IsKnownOsvFamily, TellsUnscannedFromUnheardOf) {
  EXPECT_TRUE(is_known_osv_family("SwiftURL"));
  EXPECT_TRUE(is_known_osv_family("Debian:99"));
  EXPECT_FALSE(is_known_osv_family("Plan 9:4"));
}

TEST(NormalisedName, FollowsEachEcosystem) {
  EXPECT_EQ(normalised_name("pypi", "Foo__Bar.-baz"), "foo-bar-baz");
  EXPECT_EQ(normalised_name("npm", "JSONStream"), "jsonstream");
  EXPECT_EQ(normalised_name("nuget", "Newtonsoft.Json"), "newtonsoft.json");
  EXPECT_EQ(normalised_name("go", "github.com/BurntSushi/toml"), "github.com/BurntSushi/toml");
  EXPECT_EQ(normalised_name("maven", "org.Foo:Bar_baz"), "org.Foo:Bar_baz");
}

TEST(IsCve, WantsTheWholeFormat) {
  EXPECT_TRUE(is_cve("CVE-2024-3094"));
  EXPECT_TRUE(is_cve("CVE-2024-1234567"));
  for (const std::string_view bad : {"CVE-2024-309", "CVE-24-3094", "cve-2024-3094", "CVE-2024-3094 ", "CVE_2024-3094",
                                     "CVE-2024_3094", "GHSA-xxxx", "CVE-2024-", "CVE", ""}) {
    EXPECT_FALSE(is_cve(bad)) << bad;
  }
}

TEST(CvesIn, FindsEachOnce) {
  using testing::ElementsAre;
  EXPECT_THAT(cves_in("CVE-2020-11501 GNUTLS-SA-2020-03-31"), ElementsAre("CVE-2020-11501"));
  EXPECT_THAT(cves_in("CVE_2019-2426"), ElementsAre("CVE-2019-2426"));
  EXPECT_THAT(cves_in("{CVE-2021-1111 CVE-2021-2222 CVE-2021-1111}"), ElementsAre("CVE-2021-1111", "CVE-2021-2222"));
  EXPECT_THAT(cves_in("CVE N/A ZBX-11023"), ElementsAre());
  EXPECT_THAT(cves_in("CVE-2021-"), ElementsAre());
}

}  // namespace
}  // namespace oakum::advisories
