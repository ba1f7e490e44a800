#include "advisories/match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/script_feeds.h"

namespace oakum::advisories {
namespace {

using testing::claim;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Mirror;
using testing::source_claim;

Package package(std::string type, std::string name, std::string version) {
  Package made;
  made.ecosystem = std::move(type);
  made.name = std::move(name);
  made.version = std::move(version);
  made.source = {made.name, made.version};
  return made;
}

Target target_of(std::string id, std::string ecosystem, std::vector<Package> packages) {
  Target target;
  target.name = "image";
  target.distribution = Distribution{};
  target.distribution->id = std::move(id);
  target.ecosystem = std::move(ecosystem);
  target.packages = std::move(packages);
  return target;
}

Target matched(const Mirror& mirror, Target target) {
  const Database database = mirror.open();
  match(database, {.today = "2024-06-15", .details = true}, target);
  return target;
}

// "CVE-2024-1111 fixed 1.2" for each finding.
std::vector<std::string> found(const Target& target) {
  std::vector<std::string> lines;
  for (const Vulnerability& each : target.vulnerabilities) {
    lines.push_back(each.id + " " + std::string(to_string(each.status)) + (each.fixed.empty() ? "" : " " + each.fixed));
  }
  return lines;
}

std::vector<std::string> unevaluated(const Target& target) {
  std::vector<std::string> lines;
  for (const Unevaluated& each : target.unevaluated)
    lines.push_back(std::string(to_string(each.kind)) + " " + each.subject);
  return lines;
}

// Claims of one feed about one ecosystem that it covers.
Mirror with(const std::string& feed, const std::string& ecosystem, std::vector<Claim> claims) {
  Mirror mirror;
  mirror.add(feed + "/x", [=](FeedSink& sink) {
    for (const Claim& each : claims) sink.claim(each);
    sink.covers(ecosystem);
    sink.dated("2024-06-01");
  });
  return mirror;
}

TEST(Match, ComparesTheSourceVersionForEachBinary) {
  const Mirror mirror =
      with("debian", "debian:12", {source_claim("debian:12", "openssl", "CVE-2024-1111", "3.0.11-1")});
  Package library = package("deb", "libssl3", "3.0.9-1+b1");
  library.source = {"openssl", "3.0.9-1"};
  Package fixed = package("deb", "openssl", "3.0.11-1");
  const Target target = matched(mirror, target_of("debian", "debian:12", {library, fixed}));
  ASSERT_THAT(found(target), ElementsAre("CVE-2024-1111 fixed 3.0.11-1"));
  EXPECT_EQ(target.vulnerabilities[0].package, 0U);
  EXPECT_EQ(target.vulnerabilities[0].installed, "3.0.9-1");
  EXPECT_THAT(unevaluated(target), IsEmpty());
}

TEST(Match, DoesNotTakeABinaryForTheSourceOfThatName) {
  const Mirror mirror = with("debian", "debian:12", {source_claim("debian:12", "python3", "CVE-2024-1111", "9-1")});
  Package other = package("deb", "python3", "3.11-1");
  other.source = {"python3-defaults", "3.11-1"};
  EXPECT_THAT(found(matched(mirror, target_of("debian", "debian:12", {other}))), IsEmpty());
}

TEST(Match, LooksThroughABinaryRebuildWithoutASource) {
  const Mirror mirror = with("debian", "debian:12", {source_claim("debian:12", "a", "CVE-2024-1111", "1.0-1+b0")});
  EXPECT_THAT(found(matched(mirror, target_of("debian", "debian:12", {package("deb", "a", "1.0-1+b2")}))),
              ElementsAre("CVE-2024-1111 fixed 1.0-1+b0"));
}

TEST(Match, TakesTheHighestOfSeveralDebianAdvisories) {
  Claim first = source_claim("debian:12", "a", "CVE-2024-1111", "1.0-2");
  first.advisory = "DSA-1-1";
  Claim second = source_claim("debian:12", "a", "CVE-2024-1111", "1.0-3");
  second.advisory = "DSA-1-2";
  const Mirror mirror = with("debian", "debian:12", {first, second});
  const Target target = matched(mirror, target_of("debian", "debian:12", {package("deb", "a", "1.0-1")}));
  ASSERT_THAT(found(target), ElementsAre("CVE-2024-1111 fixed 1.0-3"));
  EXPECT_THAT(target.vulnerabilities[0].advisories, ElementsAre("DSA-1-1", "DSA-1-2"));
  EXPECT_THAT(found(matched(mirror, target_of("debian", "debian:12", {package("deb", "a", "1.0-2")}))),
              ElementsAre("CVE-2024-1111 fixed 1.0-3"));
}

TEST(Match, LetsNotAffectedCancel) {
  Claim safe = source_claim("debian:12", "a", "CVE-2024-1111", "");
  safe.status = FixStatus::not_affected;
  safe.ranges.clear();
  const Mirror mirror = with("debian", "debian:12", {safe, source_claim("debian:12", "a", "CVE-2024-1111", "9-1")});
  EXPECT_THAT(found(matched(mirror, target_of("debian", "debian:12", {package("deb", "a", "1-1")}))), IsEmpty());
}

TEST(Match, KeepsTheVendorsWordsForWhatStaysOpen) {
  Claim postponed = source_claim("debian:12", "a", "CVE-2024-1111", "");
  postponed.status = FixStatus::fix_deferred;
  postponed.reason = "no-dsa: minor issue";
  const Target target =
      matched(with("debian", "debian:12", {postponed}), target_of("debian", "debian:12", {package("deb", "a", "1-1")}));
  ASSERT_THAT(found(target), ElementsAre("CVE-2024-1111 fix_deferred"));
  EXPECT_EQ(target.vulnerabilities[0].status_reason, "no-dsa: minor issue");
}

TEST(Match, PrefersTheNativeFeedAndFillsGaps) {
  Mirror mirror;
  mirror.add("debian/x", [](FeedSink& sink) {
    sink.claim(source_claim("debian:12", "a", "CVE-2024-1111", "1-5"));
    sink.covers("debian:12");
  });
  mirror.add("debian-archive/x", [](FeedSink& sink) {
    sink.claim(source_claim("debian:12", "a", "CVE-2024-1111", "1-9"));
    sink.claim(source_claim("debian:12", "a", "CVE-2024-2222", "1-9"));
  });
  mirror.add("osv/x", [](FeedSink& sink) { sink.claim(source_claim("debian:12", "a", "CVE-2024-2222", "1-8")); });
  const Target target = matched(mirror, target_of("debian", "debian:12", {package("deb", "a", "1-1")}));
  ASSERT_THAT(found(target), ElementsAre("CVE-2024-1111 fixed 1-5", "CVE-2024-2222 fixed 1-8"));
  EXPECT_EQ(target.vulnerabilities[0].source, "debian");
  EXPECT_EQ(target.vulnerabilities[1].source, "osv:debian");
}

TEST(Match, SaysWhatOnlyTheArchiveCannotKnow) {
  const Mirror mirror = with("debian-archive", "debian:12", {source_claim("debian:12", "a", "CVE-2024-1111", "1-9")});
  const Target target = matched(mirror, target_of("debian", "debian:12", {package("deb", "a", "1-1")}));
  EXPECT_THAT(found(target), ElementsAre("CVE-2024-1111 fixed 1-9"));
  EXPECT_THAT(unevaluated(target), ElementsAre("no-feed debian:12"));
}

TEST(Match, ReportsProOnlyFixesAsNotComing) {
  Claim pro = source_claim("ubuntu:20.04", "a", "CVE-2024-1111", "1-1ubuntu1+esm1");
  pro.channel = "esm-infra";
  Claim open = source_claim("ubuntu:20.04", "a", "CVE-2024-1111", "");
  for (const std::vector<Claim>& claims : {std::vector{pro}, std::vector{pro, open}}) {
    const Mirror mirror = with("ubuntu", "ubuntu:20.04", claims);
    Target target = target_of("ubuntu", "ubuntu:20.04", {package("deb", "a", "1-1")});
    const Target without = matched(mirror, target);
    ASSERT_THAT(found(without), ElementsAre("CVE-2024-1111 will_not_fix"));
    EXPECT_EQ(without.vulnerabilities[0].status_reason, "fixed only with Ubuntu Pro (esm-infra) in 1-1ubuntu1+esm1");
    target.distribution->channels = {"esm-infra"};
    EXPECT_THAT(found(matched(mirror, target)), ElementsAre("CVE-2024-1111 fixed 1-1ubuntu1+esm1"));
    target.packages[0] = package("deb", "a", "1-1ubuntu1+esm1");
    EXPECT_THAT(found(matched(mirror, target)), IsEmpty());
  }
}

TEST(Match, HoldsRpmModulesToTheirStream) {
  Claim modular = claim("redhat:8", "nodejs", "CVE-2024-1111", "1:16.9-1.module+el8.5.0+1+a");
  modular.module = "nodejs:16";
  const Mirror mirror = with("redhat", "redhat:8", {modular});
  Package installed = package("rpm", "nodejs", "1:16.1-1.module+el8.4.0+1+a");
  EXPECT_THAT(found(matched(mirror, target_of("rhel", "redhat:8", {installed}))), IsEmpty()) << "no label";
  installed.module = "nodejs:14:8040020:522a0ee4";
  EXPECT_THAT(found(matched(mirror, target_of("rhel", "redhat:8", {installed}))), IsEmpty()) << "another stream";
  installed.module = "nodejs:16:8040020:522a0ee4";
  EXPECT_THAT(found(matched(mirror, target_of("rhel", "redhat:8", {installed}))),
              ElementsAre("CVE-2024-1111 fixed 1:16.9-1.module+el8.5.0+1+a"));
  const Mirror plain = with("redhat", "redhat:8", {claim("redhat:8", "nodejs", "CVE-2024-1111", "1:18.0-1.el8")});
  EXPECT_THAT(found(matched(plain, target_of("rhel", "redhat:8", {installed}))), IsEmpty()) << "claim without a label";
}

TEST(Match, TellsStreamsByMajorVersionWhereAFeedLeavesLabelsOut) {
  const Mirror mirror = with("osv", "alma:8",
                             {claim("alma:8", "nodejs", "CVE-2024-1111", "1:16.9-1.module_el8.5.0+1+a"),
                              claim("alma:8", "nodejs", "CVE-2024-1111", "1:14.9-1.module_el8.5.0+1+a")});
  Package installed = package("rpm", "nodejs", "1:16.1-1.module_el8.4.0+1+a");
  installed.module = "nodejs:16:8040020:522a0ee4";
  EXPECT_THAT(found(matched(mirror, target_of("almalinux", "alma:8", {installed}))),
              ElementsAre("CVE-2024-1111 fixed 1:16.9-1.module_el8.5.0+1+a"));
}

TEST(Match, ComparesOracleDefaultStreamsWithoutLabel) {
  Claim modular = claim("oracle:8", "perl", "CVE-2024-1111", "5.26-9.module+el8+1+a");
  modular.module = "perl:5.26";
  const Mirror mirror = with("oracle", "oracle:8", {modular});
  EXPECT_THAT(found(matched(mirror, target_of("ol", "oracle:8", {package("rpm", "perl", "5.26-1.module+el8+1+a")}))),
              ElementsAre("CVE-2024-1111 fixed 5.26-9.module+el8+1+a"));
  EXPECT_THAT(found(matched(mirror, target_of("ol", "oracle:8", {package("rpm", "perl", "5.26-1.el8")}))), IsEmpty());
}

TEST(Match, ComparesFlavoursOnlyWithTheirOwn) {
  Claim fips = claim("oracle:9", "openssl", "CVE-2024-1111", "10:3.0.7-20.el9_fips");
  fips.channel = "fips";
  const Mirror mirror =
      with("oracle", "oracle:9", {fips, claim("oracle:9", "openssl", "CVE-2024-1111", "1:3.0.7-10.el9")});
  const auto of = [&](const char* version) {
    return matched(mirror, target_of("ol", "oracle:9", {package("rpm", "openssl", version)}));
  };
  EXPECT_THAT(found(of("1:3.0.7-6.el9")), ElementsAre("CVE-2024-1111 fixed 1:3.0.7-10.el9"));
  EXPECT_THAT(found(of("10:3.0.7-19.el9_fips")), ElementsAre("CVE-2024-1111 fixed 10:3.0.7-20.el9_fips"));
  EXPECT_THAT(found(of("10:3.0.7-20.el9_fips")), IsEmpty());
  const Target ksplice = of("1:3.0.7-6.ksplice1.el9");
  EXPECT_THAT(found(ksplice), IsEmpty());
  EXPECT_THAT(unevaluated(ksplice), ElementsAre("no-data openssl"));
}

TEST(Match, ComparesRpmSourcesAndBareClaimsWithoutEpoch) {
  Package module = package("rpm", "perl-Errno", "0:1.28-416.el8");
  module.source = {"perl", "5.26.3-416.el8"};
  const Mirror by_source =
      with("rocky", "rocky:8", {source_claim("rocky:8", "perl", "CVE-2024-1111", "4:5.26.3-420.el8")});
  EXPECT_THAT(found(matched(by_source, target_of("rocky", "rocky:8", {module}))),
              ElementsAre("CVE-2024-1111 fixed 4:5.26.3-420.el8"));
  module.source.version = "5.26.3-420.el8";
  EXPECT_THAT(found(matched(by_source, target_of("rocky", "rocky:8", {module}))), IsEmpty());
  const Mirror bare = with("rocky", "rocky:8", {claim("rocky:8", "bind", "CVE-2024-1111", "9.16.23-5.el8")});
  EXPECT_THAT(found(matched(bare, target_of("rocky", "rocky:8", {package("rpm", "bind", "32:9.16.23-1.el8")}))),
              ElementsAre("CVE-2024-1111 fixed 9.16.23-5.el8"));
}

TEST(Match, TakesTheFirstOfSeveralErrata) {
  const Mirror mirror = with("alma", "alma:8",
                             {claim("alma:8", "flatpak", "CVE-2021-41133", "1.8.5-4.el8_4"),
                              claim("alma:8", "flatpak", "CVE-2021-41133", "1.8.5-5.el8_5")});
  const auto of = [&](const char* version) {
    return found(matched(mirror, target_of("almalinux", "alma:8", {package("rpm", "flatpak", version)})));
  };
  EXPECT_THAT(of("1.8.5-3.el8"), ElementsAre("CVE-2021-41133 fixed 1.8.5-4.el8_4"));
  EXPECT_THAT(of("1.8.5-4.el8_4"), IsEmpty());
}

TEST(Match, TakesBuildsListedInOneErratumApart) {
  Claim listed = claim("alma:8", "runc", "CVE-2024-1111", "");
  listed.status = FixStatus::fixed;
  listed.ranges = {{"", "1:1.0-5.el8_4", ""}, {"", "1:1.0-9.el8_5", ""}, {"", "1:2.0-1.module_el8.5.0+1+a", ""}};
  const Mirror mirror = with("osv", "alma:8", {listed});
  const auto of = [&](const char* version) {
    return found(matched(mirror, target_of("almalinux", "alma:8", {package("rpm", "runc", version)})));
  };
  EXPECT_THAT(of("1:1.0-4.el8"), ElementsAre("CVE-2024-1111 fixed 1:1.0-5.el8_4"));
  EXPECT_THAT(of("1:1.0-6.el8_4"), IsEmpty());
}

TEST(Match, HoldsClaimsToTheirArchitectures) {
  Claim only_arm = claim("alma:9", "a", "CVE-2024-1111", "2-1");
  only_arm.arches = {"aarch64"};
  const Mirror mirror = with("alma", "alma:9", {only_arm});
  Package installed = package("rpm", "a", "1-1");
  installed.arch = "x86_64";
  EXPECT_THAT(found(matched(mirror, target_of("almalinux", "alma:9", {installed}))), IsEmpty());
  installed.arch = "aarch64";
  EXPECT_EQ(found(matched(mirror, target_of("almalinux", "alma:9", {installed}))).size(), 1U);
  installed.arch = "noarch";
  EXPECT_EQ(found(matched(mirror, target_of("almalinux", "alma:9", {installed}))).size(), 1U);
}

TEST(Match, LooksApkUpByOriginAndName) {
  const Mirror mirror = with("wolfi", "wolfi",
                             {source_claim("wolfi", "openssl", "CVE-2024-1111", "3.3.1-r0"),
                              source_claim("wolfi", "libcrypto3", "CVE-2024-2222", "3.3.2-r0")});
  Package library = package("apk", "libcrypto3", "3.3.0-r8");
  library.source = {"openssl", "3.3.0-r8"};
  EXPECT_THAT(found(matched(mirror, target_of("wolfi", "wolfi", {library}))),
              ElementsAre("CVE-2024-1111 fixed 3.3.1-r0", "CVE-2024-2222 fixed 3.3.2-r0"));
}

TEST(Match, MergesAdvisoriesOfOneCveAndNamesTheLowestVersionThatNoneHolds) {
  Mirror mirror;
  mirror.add("osv/x", [](FeedSink& sink) {
    Claim branches = claim("pypi", "django", "GHSA-aaaa", "");
    branches.status = FixStatus::fixed;
    branches.ranges = {{"3.0", "3.2.5", ""}, {"4.0", "4.0.6", ""}};
    sink.claim(branches);
    sink.claim(claim("pypi", "django", "PYSEC-1", "3.2.6"));
    sink.vulnerability({.id = "GHSA-aaaa", .aliases = {"CVE-2024-1111"}});
    sink.vulnerability({.id = "PYSEC-1", .aliases = {"GHSA-aaaa"}});
    sink.covers("pypi");
  });
  Target target = target_of("debian", "debian:12", {package("pypi", "django", "3.2.0")});
  const Target old = matched(mirror, target);
  ASSERT_THAT(found(old), ElementsAre("CVE-2024-1111 fixed 3.2.6"));
  EXPECT_THAT(old.vulnerabilities[0].aliases, ElementsAre("GHSA-aaaa", "PYSEC-1"));
  target.packages[0] = package("pypi", "django", "4.0.1");
  EXPECT_THAT(found(matched(mirror, target)), ElementsAre("CVE-2024-1111 fixed 4.0.6"));
  target.packages[0] = package("pypi", "django", "3.2.6");
  EXPECT_THAT(found(matched(mirror, target)), IsEmpty());
}

TEST(Match, CountsLastAffectedAsAffectedAndListedVersionsToo) {
  Claim last = claim("npm", "a", "CVE-2024-1111", "");
  last.ranges = {{"1.0.0", "", "1.5.0"}};
  last.versions = {"3.0.0"};
  const Mirror mirror = with("osv", "npm", {last});
  const auto of = [&](const char* version) {
    return found(matched(mirror, target_of("debian", "debian:12", {package("npm", "a", version)}))).size();
  };
  EXPECT_EQ(of("0.9.0"), 0U);
  EXPECT_EQ(of("1.5.0"), 1U);
  EXPECT_EQ(of("1.5.1"), 0U);
  EXPECT_EQ(of("3.0.0"), 1U);
}

TEST(Match, TakesTheDistributionsWordBeforeScores) {
  Mirror mirror;
  mirror.add("debian/x", [](FeedSink& sink) {
    Claim unimportant = source_claim("debian:12", "a", "CVE-2024-1111", "9-1");
    unimportant.severity = Severity::info;
    sink.claim(unimportant);
    sink.claim(source_claim("debian:12", "a", "CVE-2024-2222", "9-1"));
    sink.claim(source_claim("debian:12", "a", "CVE-2024-3333", "9-1"));
    sink.covers("debian:12");
  });
  mirror.add("cve/x", [](FeedSink& sink) {
    for (const char* id : {"CVE-2024-1111", "CVE-2024-2222"}) {
      VulnerabilityRecord about;
      about.id = id;
      about.severities = {{"cisa", Severity::unknown, Cvss{"cisa", "3.1", "b", 5.0}},
                          {"nvd", Severity::unknown, Cvss{"nvd", "3.1", "a", 9.8}}};
      sink.vulnerability(about);
    }
  });
  mirror.add("epss/x", [](FeedSink& sink) { sink.epss({"CVE-2024-2222", 0.5, 0.9}); });
  mirror.add("kev/x", [](FeedSink& sink) { sink.kev({"CVE-2024-2222", "2024-01-01", "2024-02-01", false}); });
  const Target target = matched(mirror, target_of("debian", "debian:12", {package("deb", "a", "1-1")}));
  ASSERT_EQ(target.vulnerabilities.size(), 3U);
  const Vulnerability& worst = target.vulnerabilities[0];
  EXPECT_EQ(worst.id, "CVE-2024-2222");
  EXPECT_EQ(worst.severity, Severity::critical);
  EXPECT_EQ(worst.severity_source, "nvd");
  EXPECT_TRUE(worst.kev);
  EXPECT_EQ(worst.kev_due, "2024-02-01");
  EXPECT_EQ(worst.epss, 0.5);
  EXPECT_EQ(worst.cvss.size(), 2U);
  EXPECT_EQ(target.vulnerabilities[1].severity, Severity::info);
  EXPECT_EQ(target.vulnerabilities[1].severity_source, "debian");
  EXPECT_EQ(target.vulnerabilities[2].severity, Severity::unknown);
  EXPECT_EQ(target.vulnerabilities[2].severity_source, "");
}

TEST(Match, RanksKernelHeadersDown) {
  Claim serious = source_claim("debian:12", "linux", "CVE-2024-1111", "9-1");
  serious.severity = Severity::critical;
  Package headers = package("deb", "linux-libc-dev", "6.1-1");
  headers.source = {"linux", "6.1-1"};
  const Target target = matched(with("debian", "debian:12", {serious}), target_of("debian", "debian:12", {headers}));
  ASSERT_EQ(target.vulnerabilities.size(), 1U);
  EXPECT_EQ(target.vulnerabilities[0].severity, Severity::low);
  EXPECT_THAT(target.vulnerabilities[0].status_reason, HasSubstr("host"));
}

TEST(Match, ListsWhatItCannotJudge) {
  const Mirror mirror = with("debian", "debian:12",
                             {source_claim("debian:12", "a", "CVE-2024-1111", "bad version"),
                              source_claim("debian:12", "c", "CVE-2024-1111", "9-1")});
  Package foreign = package("deb", "c", "1-1");
  foreign.vendor = "Docker <support@docker.com>";
  const Target target = matched(
      mirror,
      target_of("debian", "debian:12", {package("deb", "a", "1-1"), package("deb", "b", "not a version"), foreign}));
  EXPECT_THAT(found(target), IsEmpty());
  EXPECT_THAT(unevaluated(target), ElementsAre("bad-version a", "bad-version b", "foreign-package c"));
  EXPECT_THAT(unevaluated(matched(mirror, target_of("debian", "debian:11", {package("deb", "a", "1-1")}))),
              ElementsAre("no-data debian:11"));
  EXPECT_THAT(unevaluated(matched(mirror, target_of("plan9", "", {}))), ElementsAre("unknown-distribution plan9"));
  Target bare;
  bare.name = "scratch";
  EXPECT_THAT(unevaluated(matched(mirror, bare)), ElementsAre("unknown-distribution scratch"));
}

TEST(Match, TellsRpmVendorsApart) {
  const Mirror mirror = with("alma", "alma:9", {claim("alma:9", "a", "CVE-2024-1111", "9-1")});
  Package installed = package("rpm", "a", "1-1");
  for (const auto& [vendor, count] : {std::pair{"AlmaLinux", 1U}, {"", 1U}, {"Fedora Project", 0U}, {"Docker", 0U}}) {
    installed.vendor = vendor;
    const Target target = matched(mirror, target_of("almalinux", "alma:9", {installed}));
    EXPECT_EQ(target.vulnerabilities.size(), count) << vendor;
    EXPECT_EQ(target.unevaluated.size(), 1U - count) << vendor;
  }
}

TEST(Match, MarksReleasesPastTheirEnd) {
  Mirror mirror = with("debian", "debian:10", {source_claim("debian:10", "a", "CVE-2024-1111", "")});
  mirror.add("endoflife/x", [](FeedSink& sink) {
    sink.lifecycle({"debian", "10", "buster", "", "", "2022-09-10", "2024-06-14", false});
  });
  Target target = target_of("debian", "debian:10", {package("deb", "a", "1-1")});
  const Target after = matched(mirror, target);
  EXPECT_TRUE(after.past_end_of_life);
  EXPECT_EQ(after.end_of_life, "2024-06-14") << "long-term support is for everyone";
  EXPECT_THAT(found(after), ElementsAre("CVE-2024-1111 end_of_life"));
  EXPECT_THAT(unevaluated(after), ElementsAre("end-of-life debian:10"));
  const Database database = mirror.open();
  match(database, {.today = "2024-06-14", .details = false}, target);
  EXPECT_FALSE(target.past_end_of_life);
  EXPECT_THAT(found(target), ElementsAre("CVE-2024-1111 affected"));
}

TEST(Match, ASystemWithoutAnyPackageIsNotCleanButUnknown) {
  const Mirror mirror = with("debian", "debian:12", {source_claim("debian:12", "a", "CVE-2024-1111", "9-1")});
  EXPECT_THAT(unevaluated(matched(mirror, target_of("debian", "debian:12", {}))), ElementsAre("no-data debian:12"));
  EXPECT_THAT(unevaluated(matched(mirror, target_of("debian", "debian:12", {package("npm", "a", "1.0.0")}))),
              ElementsAre("no-data debian:12"));
  EXPECT_THAT(unevaluated(matched(mirror, target_of("debian", "debian:12", {package("deb", "b", "1-1")}))), IsEmpty());
}

TEST(Match, SaysWhenTheDataIsOld) {
  const Mirror mirror = with("debian", "debian:12", {source_claim("debian:12", "a", "CVE-2024-1111", "9-1")});
  const Database database = mirror.open();
  Target target = target_of("debian", "debian:12", {package("deb", "b", "1-1")});
  match(database, {.today = "2024-08-30", .details = false}, target);
  EXPECT_THAT(unevaluated(target), IsEmpty());
  match(database, {.today = "2024-08-31", .details = false}, target);
  EXPECT_THAT(unevaluated(target), ElementsAre("no-feed debian:12"));
}

TEST(Match, GivesTheSameTwice) {
  const Mirror mirror = with(
      "debian", "debian:12",
      {source_claim("debian:12", "a", "CVE-2024-1111", "9-1"), source_claim("debian:12", "a", "CVE-2023-1111", "9-1")});
  const Target once = matched(mirror, target_of("debian", "debian:12", {package("deb", "a", "1-1")}));
  EXPECT_THAT(found(once), ElementsAre("CVE-2023-1111 fixed 9-1", "CVE-2024-1111 fixed 9-1"));
  EXPECT_EQ(found(matched(mirror, once)), found(once));
}

}  // namespace
}  // namespace oakum::advisories
