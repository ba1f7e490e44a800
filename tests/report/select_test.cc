#include "report/select.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/group.h"
#include "report/sample.h"

namespace oakum::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Selection with_rules(std::string_view name, std::string_view text) {
  Selection selection;
  selection.today = "2026-11-21";
  IgnoreFile file = parse_ignore_file(name, text);
  EXPECT_THAT(file.errors, IsEmpty());
  selection.rules = std::move(file.rules);
  return selection;
}

TEST(Select, SeverityKeepsOnlyWhatWasAskedFor) {
  Report report = sample_report();
  apply({.severities = {Severity::critical}}, report);
  EXPECT_EQ(report.targets[0].vulnerabilities.size(), 2U);
  EXPECT_EQ(count(report).total, 1U);
}

TEST(Select, IgnoreUnfixedDropsWhatHasNoFix) {
  Report report = sample_report();
  apply({.ignore_unfixed = true}, report);
  EXPECT_EQ(count(report).total, 2U);
}

TEST(Select, IgnoreStatusDropsJustThatStatus) {
  Report report = sample_report();
  apply({.ignore_statuses = {FixStatus::fixed}}, report);
  EXPECT_EQ(count(report).total, 1U);
}

TEST(Select, AnIdSuppressesEveryBinaryOfThatVulnerabilityAndIsKept) {
  Report report = sample_report();
  const auto notes = apply(with_rules(".trivyignore", "CVE-2026-1 # accepted\n"), report);
  EXPECT_THAT(notes, IsEmpty());
  EXPECT_EQ(count(report).total, 2U);
  EXPECT_EQ(count(report).suppressed, 1U);
  EXPECT_EQ(report.targets[0].vulnerabilities[1].suppressed->by, ".trivyignore:1");
  EXPECT_EQ(report.targets[0].vulnerabilities[1].suppressed->reason, "accepted");
}

TEST(Select, AnAliasSuppressesToo) {
  Report report = sample_report();
  apply(with_rules(".trivyignore", "ghsa-aaaa-bbbb-cccc"), report);
  EXPECT_TRUE(report.targets[0].vulnerabilities[1].suppressed);
}

TEST(Select, RulesHoldThroughTheirLastDayAndAreToldWhenExpired) {
  Report report = sample_report();
  apply(with_rules(".trivyignore", "CVE-2026-1 exp:2026-11-21"), report);
  EXPECT_TRUE(report.targets[0].vulnerabilities[1].suppressed);
  report = sample_report();
  const auto notes = apply(with_rules(".trivyignore", "CVE-2026-1 exp:2026-11-20"), report);
  EXPECT_FALSE(report.targets[0].vulnerabilities[1].suppressed);
  EXPECT_THAT(notes, ElementsAre(HasSubstr("expired on 2026-11-20")));
}

TEST(Select, ARuleThatMatchesNothingIsTold) {
  Report report = sample_report();
  EXPECT_THAT(apply(with_rules(".trivyignore", "CVE-1999-1"), report),
              ElementsAre(".trivyignore:1: CVE-1999-1 matched nothing"));
}

TEST(Select, YamlRulesNarrowByPackageAndPurl) {
  Report report = sample_report();
  apply(with_rules("x.yaml",
                   "vulnerabilities:\n"
                   "  - id: CVE-2026-1\n"
                   "    purls: [\"pkg:deb/debian/libssl3\"]\n"
                   "    expired_at: 2027-01-01\n"
                   "    statement: not reachable\n"),
        report);
  EXPECT_TRUE(report.targets[0].vulnerabilities[1].suppressed);
  EXPECT_FALSE(report.targets[0].vulnerabilities[3].suppressed);
  EXPECT_EQ(report.targets[0].vulnerabilities[1].suppressed->reason, "not reachable");
}

TEST(Select, OakumYamlIgnoresWholePackagesByGlob) {
  Report report = sample_report();
  apply(with_rules(".oakum.yaml", "ignore:\n  - package: open*\n    reason: vendored\n"), report);
  EXPECT_EQ(count(report).total, 1U);
}

TEST(IgnoreFile, EntriesAboutRulesOfACheckAreNotForAScan) {
  const IgnoreFile file = parse_ignore_file(
      ".oakum.yaml",
      "ignore:\n  - rule: cap-drop-all\n    subjects: [db]\n    until: 2027-01-31\n  - id: CVE-2026-1\n");
  EXPECT_TRUE(file.errors.empty());
  ASSERT_EQ(file.rules.size(), 1U);
  EXPECT_EQ(file.rules[0].ids, std::vector<std::string>{"CVE-2026-1"});
}

TEST(IgnoreFile, BadLinesAreNamedAndTheOthersHold) {
  const IgnoreFile file = parse_ignore_file(".trivyignore", "CVE-1 exp:soon\nCVE-2\nCVE-3 CVE-4\n");
  EXPECT_EQ(file.rules.size(), 1U);
  ASSERT_EQ(file.errors.size(), 2U);
  EXPECT_THAT(file.errors[0].message(), HasSubstr(".trivyignore:1: \"soon\" is not a date"));
}

TEST(IgnoreFile, UnknownKeysAndEmptyRulesAreErrorsWithTheirLine) {
  const IgnoreFile file =
      parse_ignore_file(".oakum.yaml", "ignore:\n  - id: CVE-1\n    resaon: typo\n  - reason: nothing named\n");
  EXPECT_THAT(file.rules, IsEmpty());
  ASSERT_EQ(file.errors.size(), 2U);
  EXPECT_THAT(file.errors[0].message(), HasSubstr(".oakum.yaml:3: unknown key \"resaon\""));
  EXPECT_THAT(file.errors[1].message(), HasSubstr("names nothing to ignore"));
}

TEST(IgnoreFile, BrokenAndHostileYamlIsOneError) {
  EXPECT_EQ(parse_ignore_file("a.yaml", "ignore: [").errors.size(), 1U);
  EXPECT_EQ(parse_ignore_file("a.yaml", "ignore: " + std::string(1000, '[')).errors.size(), 1U);
  EXPECT_EQ(parse_ignore_file("a.yaml", "a: &x [1]\nignore: *x\n").rules.size(), 1U);
  EXPECT_EQ(parse_ignore_file("a.yaml", "ignore: [] #" + std::string(1U << 20, 'x')).errors.size(), 1U);
  EXPECT_EQ(parse_ignore_file("a.yaml", "a:\n% \xfd}}}v").errors.size(), 1U);
  EXPECT_EQ(parse_ignore_file("a.yaml", "").errors.size(), 0U);
}

TEST(FailOn, ReadsConditionsAndKeepsTheLowestSeverity) {
  const auto conditions = parse_fail_on("critical,high,kev");
  ASSERT_TRUE(conditions);
  EXPECT_EQ(conditions->severity, Severity::high);
  EXPECT_TRUE(conditions->kev);
  EXPECT_FALSE(parse_fail_on("severe"));
}

TEST(FailOn, CountsOnlyWhatIsNotSuppressed) {
  Report report = sample_report();
  EXPECT_TRUE(fails(parse_fail_on("critical").value(), report));
  EXPECT_TRUE(fails(parse_fail_on("kev").value(), report));
  apply(with_rules(".trivyignore", "CVE-2026-1"), report);
  EXPECT_FALSE(fails(parse_fail_on("critical").value(), report));
  EXPECT_FALSE(fails(parse_fail_on("kev").value(), report));
  EXPECT_TRUE(fails(parse_fail_on("fixable").value(), report));
}

TEST(FailOn, UnknownMeansAnythingThatWasNotEvaluated) {
  Report report = sample_report();
  EXPECT_FALSE(fails(parse_fail_on("unknown").value(), report));
  report.targets[0].unevaluated.push_back({Unevaluated::Kind::bad_version, "x", "y"});
  EXPECT_TRUE(fails(parse_fail_on("unknown").value(), report));
}

}  // namespace
}  // namespace oakum::report
