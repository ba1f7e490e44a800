#include "check/grade.h"

#include <gtest/gtest.h>

#include "base/fd.h"
#include "check/baseline.h"
#include "check/selection.h"

namespace oakum::check {
namespace {

Finding finding_of(std::string rule, Severity severity, std::string subject = "s") {
  Finding finding;
  finding.rule = std::move(rule);
  finding.severity = severity;
  finding.subject = std::move(subject);
  finding.path = "f";
  finding.excerpt = "  privileged: true";
  return finding;
}

Target target_of(std::vector<Finding> findings) {
  Target target;
  target.name = "f";
  target.subjects = {"s"};
  target.findings = std::move(findings);
  return target;
}

TEST(Grade, NothingFoundIsAnA) {
  const auto grade = grade_of(target_of({}));
  ASSERT_TRUE(grade.has_value());
  EXPECT_EQ(grade->letter, 'A');
  EXPECT_EQ(grade->score, 100);
}

TEST(Grade, CountsARuleOncePerSubject) {
  EXPECT_EQ(grade_of(target_of({finding_of("a", Severity::medium), finding_of("a", Severity::medium)}))->score, 95);
  EXPECT_EQ(grade_of(target_of({finding_of("a", Severity::medium), finding_of("a", Severity::medium, "t")}))->score,
            90);
}

TEST(Grade, HighHoldsItAtCAndCriticalAtD) {
  EXPECT_EQ(grade_of(target_of({finding_of("a", Severity::high)}))->letter, 'C');
  EXPECT_EQ(grade_of(target_of({finding_of("a", Severity::critical)}))->letter, 'D');
  EXPECT_FALSE(grade_of(target_of({finding_of("a", Severity::high)}))->why.empty());
}

TEST(Grade, SuppressedFindingsDoNotCountAndNothingReadHasNone) {
  Finding finding = finding_of("a", Severity::critical);
  finding.suppressed = Suppression{"x", "", ""};
  EXPECT_EQ(grade_of(target_of({finding}))->letter, 'A');
  Target unread;
  unread.errors.push_back(Error{});
  EXPECT_FALSE(grade_of(unread).has_value());
}

TEST(Baseline, KnowsFindingsByTheirLineOfTextNotItsNumber) {
  auto directory = TemporaryDirectory::create("oakum-baseline");
  ASSERT_TRUE(directory.has_value());
  const std::string path = directory->path() + "/baseline.json";
  std::vector<Target> before{target_of({finding_of("a", Severity::high)})};
  ASSERT_TRUE(write_baseline(path, before).has_value());
  auto baseline = read_baseline(path);
  ASSERT_TRUE(baseline.has_value()) << baseline.error().message();
  Finding moved = finding_of("a", Severity::high);
  moved.origin.span.line = 99;
  Finding changed = finding_of("a", Severity::high);
  changed.excerpt = "other";
  std::vector<Target> after{target_of({moved, moved, changed})};
  apply_baseline(*baseline, after);
  EXPECT_TRUE(after[0].findings[0].suppressed.has_value());
  EXPECT_FALSE(after[0].findings[1].suppressed.has_value()) << "one was known, the second is new";
  EXPECT_FALSE(after[0].findings[2].suppressed.has_value());
}

TEST(Baseline, RefusesWhatIsNone) {
  auto directory = TemporaryDirectory::create("oakum-baseline");
  ASSERT_TRUE(directory.has_value());
  const std::string path = directory->path() + "/x.json";
  ASSERT_TRUE(write_file_atomically(path, "{\"schema\": \"other/1\", \"findings\": []}").has_value());
  EXPECT_FALSE(read_baseline(path).has_value());
  ASSERT_TRUE(write_file_atomically(path, "[").has_value());
  EXPECT_FALSE(read_baseline(path).has_value());
}

TEST(Selection, UnknownNamesAreRefusedWithTheNearest) {
  const auto selection = select_rules(Profile::recommended, {}, {"privilegd"});
  ASSERT_FALSE(selection.has_value());
  EXPECT_NE(selection.error().message().find("did you mean \"privileged\"?"), std::string::npos);
}

TEST(Selection, OnlyTakesAliasesAndSkipWins) {
  const auto only = select_rules(Profile::recommended, {"KSV-0017"}, {});
  ASSERT_TRUE(only.has_value());
  ASSERT_EQ(only->rules.size(), 1U);
  EXPECT_EQ(only->rules[0]->info.id, "privileged");
  Finding finding = finding_of("privileged", Severity::high);
  finding.aliases = {"CIS-5.5", "KSV-0017"};
  EXPECT_TRUE(keeps(*only, finding));
  const auto skipped = select_rules(Profile::recommended, {}, {"cis-5.5"});
  ASSERT_TRUE(skipped.has_value());
  EXPECT_FALSE(keeps(*skipped, finding));
}

TEST(Selection, StandardsGoByTheFindingsOwnAliases) {
  Finding finding = finding_of("cap-dangerous", Severity::high);
  finding.aliases = {"CL-0011"};
  EXPECT_FALSE(in_profile(Profile::pss_baseline, finding));
  finding.aliases = {"pss-baseline:capabilities"};
  EXPECT_TRUE(in_profile(Profile::pss_baseline, finding));
  EXPECT_TRUE(in_profile(Profile::pss_restricted, finding));
  finding.aliases = {"pss-restricted:capabilities"};
  EXPECT_FALSE(in_profile(Profile::pss_baseline, finding));
}

}  // namespace
}  // namespace oakum::check
