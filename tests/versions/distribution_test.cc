// The version schemes of distributions: tables of hand-picked cases, each written in ascending or equal pairs.
#include <gtest/gtest.h>

#include "versions/order_cases.h"

namespace oakum::versions {
namespace {

TEST(Deb, OrdersAsDebianPolicySays) {
  expect_ascending(VersionScheme::deb,
                   {"0.9", "1.0~~", "1.0~~a", "1.0~", "1.0~rc1", "1.0~rc1-1", "1.0", "1.0-1", "1.0-1ubuntu0.1~esm1",
                    "1.0-1ubuntu0.1", "1.0-1+b1", "1.0-1+deb12u1", "1.0-1.1"});
}

TEST(Deb, TildeSortsBeforeTheEndAndLettersBeforeOtherBytes) {
  expect_ascending(VersionScheme::deb, {"1~", "1", "1A", "1a", "1+", "1-1-1", "1.", "1.1", "2", "10", "1:0"});
}

TEST(Deb, BinaryRebuildIsAboveItsSourceAndBelowTheNextUpload) {
  expect_ascending(VersionScheme::deb, {"5.36.0-7", "5.36.0-7+b1", "5.36.0-7+b2", "5.36.0-7+deb12u1", "5.36.0-8"});
}

TEST(Deb, AbsentPartsAreZero) {
  expect_equal(VersionScheme::deb,
               {{"1.0", "0:1.0"}, {"1.0", "1.0-0"}, {"1.", "1.0"}, {"1.01", "1.1"}, {" 1.0 ", "1.0"}});
}

TEST(Deb, RefusesWhatDpkgRefuses) {
  expect_refused(VersionScheme::deb, {"", " ", "1 0", ":1", "a:1", "1:", "1.0-", "-1", "2147483648:1", "-1:1"});
  EXPECT_TRUE(key(VersionScheme::deb, "2147483647:1").has_value());
  EXPECT_TRUE(key(VersionScheme::deb, "a1").has_value());  // dpkg warns, and compares
}

TEST(Apk, OrdersSuffixesLettersAndRevisions) {
  expect_ascending(VersionScheme::apk, {"1.2.3_alpha",
                                        "1.2.3_alpha1",
                                        "1.2.3_beta",
                                        "1.2.3_pre",
                                        "1.2.3_rc1",
                                        "1.2.3_rc2",
                                        "1.2.3",
                                        "1.2.3-r0",
                                        "1.2.3-r1",
                                        "1.2.3-r10",
                                        "1.2.3_cvs",
                                        "1.2.3_svn",
                                        "1.2.3_git20240101",
                                        "1.2.3_hg",
                                        "1.2.3_p1-r0",
                                        "1.2.3_p2",
                                        "1.2.3a",
                                        "1.2.3b",
                                        "1.2.3.0",
                                        "1.2.4",
                                        "1.2.10"});
}

TEST(Apk, PreReleaseOfASuffixSortsBelowThatSuffix) {
  expect_ascending(VersionScheme::apk, {"1_rc1_alpha", "1_rc1", "1_rc1_p1", "1", "1_p1_rc1", "1_p1", "1_p1_p1"});
}

TEST(Apk, LeadingZeroInALaterComponentComparesAsText) {
  expect_ascending(VersionScheme::apk, {"1.0", "1.00", "1.01", "1.010", "1.02", "1.1", "1.2", "1.10"});
  expect_equal(VersionScheme::apk, {{"01.2", "1.2"}, {"1.2-r01", "1.2-r1"}});
}

TEST(Apk, CommitHashIsAboveTheReleaseAndBelowItsSuffixes) {
  expect_ascending(VersionScheme::apk, {"1.0", "1.0-r1", "1.0~0a1", "1.0~0a1-r1", "1.0~ff", "1.0_p1"});
}

TEST(Apk, RefusesWhatApkRefuses) {
  expect_refused(VersionScheme::apk, {"", "a", ".1", "1.", "1..2", "1_", "1_foo", "1_Alpha", "1-r", "1-1", "1-r1-r2",
                                      "1A", "1ab", "1a.2", "1_p1.2", "1~", "1~xyz", "1-r1_p1", "1.0 "});
}

TEST(Rpm, OrdersTildeEndCaretLettersDigits) {
  expect_ascending(VersionScheme::rpm, {"1.0~~", "1.0~rc1", "1.0~rc1^git1", "1.0", "1.0^", "1.0^git1", "1.0^git2",
                                        "1.0.a", "1.0.1", "1.1"});
}

TEST(Rpm, EpochThenVersionThenRelease) {
  expect_ascending(VersionScheme::rpm,
                   {"2.0", "2.0-1.el9", "2.0-1.el9_4", "2.0-1.el9_10", "2.0-2.el9", "10.0-1", "1:1.0-1", "2:0-0"});
}

TEST(Rpm, SeparatorsAndZerosDoNotCount) {
  expect_equal(
      VersionScheme::rpm,
      {{"1.0", "1_0"}, {"1.0", "1..0"}, {"1.0", "1.0."}, {"1.05", "1.5"}, {"0:1", "1"}, {":1", "1"}, {"1a1", "1.a.1"}});
}

TEST(Pacman, OrdersAsVercmp) {
  expect_ascending(VersionScheme::pacman,
                   {"1.0a", "1.0alpha", "1.0b", "1.0beta", "1.0p", "1.0pre", "1.0rc", "1.0", "1.0.a", "1.0.1"});
  expect_ascending(VersionScheme::pacman, {"1", "1.0", "1.1", "1.1.1", "1.2", "2.0", "3.0.0", "1:0.1"});
  expect_ascending(VersionScheme::pacman, {"2.0-1", "2.0-1.1", "2.0-2", "2.0.r12.gabc-1"});
}

TEST(Opkg, OrdersAsDpkgAndTakesAnEmptyRevision) {
  expect_ascending(VersionScheme::opkg, {"1.0~rc1", "1.0-r0", "1.0-r1", "2024.01.01~abcdef-r1", "2024.01.01-1"});
  expect_equal(VersionScheme::opkg, {{"1.0-", "1.0"}, {"0:1.0", "1.0"}});
}

}  // namespace
}  // namespace oakum::versions
