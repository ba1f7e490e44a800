// The version schemes of language ecosystems: tables of hand-picked cases.
#include <gtest/gtest.h>

#include "versions/order_cases.h"

namespace oakum::versions {
namespace {

const std::string kHugeNumber(100, '9');

TEST(Semver, OrdersAsSection11Says) {
  expect_ascending(VersionScheme::semver, {"0.9.9", "1.0.0-0", "1.0.0-1", "1.0.0-10", "1.0.0-A", "1.0.0-alpha",
                                           "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
                                           "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.10", "1.2.0", "1.10.0"});
}

TEST(Semver, BuildMetadataHasNoPrecedence) {
  expect_equal(VersionScheme::semver,
               {{"1.0.0+a", "1.0.0+b"}, {"1.0.0-rc.1+5", "1.0.0-rc.1"}, {"0", "0.0.0"}, {"1.2", "1.2.0"}});
}

TEST(Semver, RefusesWhatTheGrammarDoes) {
  expect_refused(VersionScheme::semver, {"", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0-a..b", "1.0.0+",
                                         "1.0.0.0", "1.0-rc", "1.0.0-ä", "1.0.0 ", "a.b.c", "1..0", "1."});
}

TEST(Semver, NumbersOfAnyLengthDoNotOverflow) {
  expect_ascending(VersionScheme::semver, {"9999999999999999999.0.0", "18446744073709551616.0.0", kHugeNumber + ".0.0",
                                           "1" + kHugeNumber + ".0.0"});
}

TEST(Npm, TakesLooseVersions) {
  expect_equal(VersionScheme::npm, {{"v1.2.3", "1.2.3"},
                                    {"= v1.2.3", "1.2.3"},
                                    {"1.2.3beta", "1.2.3-beta"},
                                    {"01.02.03", "1.2.3"},
                                    {" 1.2.3 ", "1.2.3"}});
  expect_refused(VersionScheme::npm, {"", "latest", "1.2.3.4", "9007199254740992.0.0", "1.x.0", std::string(257, '1')});
}

TEST(Npm, OrdersPreReleases) {
  expect_ascending(VersionScheme::npm,
                   {"5.0.0-0", "5.0.0-alpha.9", "5.0.0-alpha.10", "5.0.0-next.0", "5.0.0", "5.0.1"});
}

TEST(Crates, NumbersFit64Bits) {
  expect_ascending(VersionScheme::crates, {"0.0.0-0", "0.0.0", "0.1.0", "18446744073709551615.0.0"});
  expect_refused(VersionScheme::crates, {"18446744073709551616.0.0", "v1.0.0"});
}

TEST(Pep440, OrdersSuffixes) {
  expect_ascending(
      VersionScheme::pep440,
      {"1.0.dev1",       "1.0a1.dev1", "1.0a1",   "1.0a1.post1.dev2", "1.0a1.post1", "1.0a2", "1.0b1",   "1.0rc1",
       "1.0rc2",         "1.0",        "1.0+abc", "1.0+abc.1",        "1.0+abd",     "1.0+1", "1.0+1.1", "1.0+2",
       "1.0.post1.dev1", "1.0.post1",  "1.0.1",   "1.1.dev1",         "1.1",         "1!0.1"});
}

TEST(Pep440, Normalises) {
  expect_equal(VersionScheme::pep440, {{"1.0", "1"},
                                       {"1.0.0", "1"},
                                       {"v1.0", "1.0"},
                                       {"1.0alpha1", "1.0a1"},
                                       {"1.0-ALPHA.1", "1.0a1"},
                                       {"1.0c1", "1.0rc1"},
                                       {"1.0-pre1", "1.0rc1"},
                                       {"1.0-preview_1", "1.0rc1"},
                                       {"1.0a", "1.0a0"},
                                       {"1.0-1", "1.0.post1"},
                                       {"1.0rev1", "1.0.post1"},
                                       {"1.0-r1", "1.0.post1"},
                                       {"1.0dev", "1.0.dev0"},
                                       {"1.0+ubuntu-1", "1.0+Ubuntu.1"},
                                       {" 1.0\n", "1.0"},
                                       {"0!1", "1"},
                                       {"1.01", "1.1"}});
}

TEST(Pep440, RefusesWhatPackagingRefuses) {
  expect_refused(VersionScheme::pep440, {"", "a", "1.", "1..0", "1.0x", "1.0+", "1.0+a..b", "1.0+_", "!1.0",
                                         "1.0.dev1.post1", "1.0 1", "1.0.*"});
}

TEST(Gem, LettersMakeAPreRelease) {
  expect_ascending(VersionScheme::gem, {"1.0.0.a", "1.0.0.b", "1.0.0.beta.2", "1.0.0.pre", "1.0.0.pre.1", "1.0.0.rc1",
                                        "1.0.0", "1.0.1.rc1", "1.0.1", "1.0.10"});
  expect_ascending(VersionScheme::gem,
                   {"1.a.b", "1.a.0.b", "1.a", "1.a.0.0.1", "1.a.0.1", "1.a.1", "1", "1.0.0.1", "1.0.1", "1.1"});
}

TEST(Gem, ZerosAndHyphens) {
  expect_equal(VersionScheme::gem, {{"1.0", "1"},
                                    {"1.0.a", "1.a"},
                                    {"1.a.0", "1.a"},
                                    {"1.0-1", "1.0.pre.1"},
                                    {"", "0"},
                                    {"1.2b3", "1.2.b.3"},
                                    {" 1.0\n", "1.0"}});
  expect_refused(VersionScheme::gem, {"a", "1..0", "1.", ".1", "1.0+b", "1.0_1", "1.0-", "junk 1.0"});
}

TEST(Maven, OrdersKnownQualifiers) {
  expect_ascending(VersionScheme::maven, {"1-alpha-1", "1-alpha-2", "1-beta-1", "1-milestone-1", "1-rc-1", "1-SNAPSHOT",
                                          "1", "1-sp", "1-sp-1", "1-abc", "1-xyz", "1-1", "1.1-alpha-1", "1.1"});
  expect_ascending(VersionScheme::maven, {"2.0.0.M1", "2.0.0.RC1", "2.0.0.RELEASE", "2.0.0.redhat-1", "2.0.1"});
  expect_ascending(VersionScheme::maven, {"31.1-android", "31.1-jre", "31.1.1-jre", "32.0.0-android"});
}

TEST(Maven, NullsAtTheEndFallAway) {
  expect_equal(VersionScheme::maven, {{"1", "1.0"},
                                      {"1", "1.0.0"},
                                      {"1", "1-ga"},
                                      {"1.0-final", "1"},
                                      {"1.0.RELEASE", "1"},
                                      {"1-cr1", "1-rc1"},
                                      {"1a1", "1-alpha-1"},
                                      {"1b2", "1-beta-2"},
                                      {"1m3", "1.0-MILESTONE-3"},
                                      {"1x", "1-x"},
                                      {"1.0-0", "1"},
                                      {"1.0.0-rc1", "1-rc1"},
                                      {"01.002", "1.2"}});
}

TEST(Go, ModuleVersionsAndPseudoVersions) {
  expect_ascending(VersionScheme::go, {"v0.0.0-20190308221718-c2843e01d9a2", "v0.0.0-20200101000000-aaaaaaaaaaaa",
                                       "v0.0.0", "v1.2.3-pre", "v1.2.3", "v1.2.4-0.20191109021931-daa7c04131f5",
                                       "v1.2.4-rc.1", "v1.2.4", "v2.0.0+incompatible", "v2.0.1"});
  expect_equal(VersionScheme::go,
               {{"v1.2.3", "1.2.3"}, {"v2.0.0+incompatible", "v2.0.0"}, {"v1", "v1.0.0"}, {"0", "v0.0.0"}});
}

TEST(Go, ToolchainVersionsStandAmongTheVulnerabilityDatabases) {
  expect_ascending(VersionScheme::go, {"go1.19", "go1.19.1", "go1.21", "go1.21rc2", "go1.21.0", "go1.22beta1",
                                       "go1.22rc1", "go1.22rc2", "go1.22.0", "go1.22.1", "go1.100.0"});
  expect_equal(VersionScheme::go, {{"go1.22rc1", "1.22.0-rc.1"},
                                   {"1.22rc1", "1.22.0-rc.1"},
                                   {"go1.22.3", "1.22.3"},
                                   {"go1.20", "1.20.0"},
                                   {"go1.22.1 X:boringcrypto", "go1.22.1"},
                                   {"go1.21.3-fips", "go1.21.3"},
                                   {"go1", "1.0.0"}});
  expect_refused(VersionScheme::go, {"", "(devel)", "devel go1.24-abc", "go", "go1.", "go1.x", "go1.22.1rc1", "go1.02",
                                     "v1.2.3rc1", "v1.2-rc", "master"});
}

TEST(Composer, NormalisesAndOrdersStabilities) {
  expect_ascending(VersionScheme::composer, {"dev-main", "1.0.0-dev", "1.0.0-alpha1", "1.0.0-alpha.2", "1.0.0-beta",
                                             "1.0.0-beta2", "1.0.0-RC1", "1.0.0-RC2-dev", "1.0.0-RC2", "1.0.0",
                                             "1.0.0-p1", "1.0.0-patch2", "1.0.0.1", "1.0.1", "1.x-dev", "2.0"});
  expect_equal(VersionScheme::composer, {{"v1.0", "1.0.0.0"},
                                         {"1.0b2", "1.0.0-beta2"},
                                         {"1.0@dev", "1.0"},
                                         {"1.0+build", "1.0"},
                                         {"1.0-stable", "1.0"},
                                         {"master", "dev-master"},
                                         {"1.0pl1", "1.0-patch1"},
                                         {"2010-01-02", "2010:01:02"},
                                         {"1.0.x-dev", "1.0.*-dev"},
                                         {"1.0.0 as 2.0", "1.0.0"}});
  expect_refused(VersionScheme::composer,
                 {"", "a", "1.0.0.0.0", "1.0-foo", "1.0 .2", "feature-x", "1.0-beta-x", "1.0.0+foo bar"});
}

TEST(Nuget, FourNumbersAndNoCase) {
  expect_ascending(VersionScheme::nuget, {"1.0.0-alpha", "1.0.0-Alpha.1", "1.0.0-alpha.beta", "1.0.0-BETA",
                                          "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.0.0.1", "1.0.1", "1.10"});
  expect_equal(VersionScheme::nuget,
               {{"1", "1.0.0.0"}, {"1.0.0-RC", "1.0.0-rc"}, {"1.0.0+sha", "1.0.0"}, {"01.0", "1.0"}, {" 1.0 ", "1.0"}});
  expect_refused(VersionScheme::nuget,
                 {"", "v1.0", "1.0.0.0.0", "1.", "1..0", "1.0-", "1.0-a..b", "2147483648.0", "1.0-é"});
}

}  // namespace
}  // namespace oakum::versions
