#include "report/lint_formats.h"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/issue.h"
#include "report/sample.h"
#include "report/xml.h"

namespace oakum::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

Finding sample_finding(std::string rule, std::uint32_t line, Severity severity, std::string message) {
  Finding finding;
  finding.rule = std::move(rule);
  finding.severity = severity;
  finding.message = std::move(message);
  finding.path = "./web/Dockerfile";
  finding.excerpt = "FROM é nginx";
  finding.origin.span = {.begin = 0, .end = 5, .line = line, .column = 8, .end_line = line, .end_column = 13};
  return finding;
}

Report check_report() {
  Target target{.kind = TargetKind::dockerfile, .name = "web/Dockerfile"};
  target.findings = {sample_finding("image-untagged", 1, Severity::medium, "the image is named without a tag"),
                     sample_finding("user-root", 3, Severity::high, "runs as root")};
  target.findings[0].aliases = {"CKV_DOCKER_7", "DL3006"};
  target.findings[0].subject = "stage \"web\"";
  target.findings[0].fix = {.safety = FixSafety::unsafe, .summary = "name the version"};
  Report report{.tool_version = "0.2.0", .check = true};
  report.targets = {target, Target{.kind = TargetKind::compose, .name = "compose.yaml"}};
  return report;
}

TEST(Issues, FlattenFindingsAndVulnerabilities) {
  const std::vector<Issue> found = issues_of(check_report());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].path, "web/Dockerfile");
  EXPECT_EQ(found[0].column, 7U);  // "é" is two bytes and one column
  EXPECT_EQ(found[0].message, "stage \"web\": the image is named without a tag");
  const std::vector<Issue> scanned = issues_of(sample_report());
  ASSERT_EQ(scanned.size(), 3U);  // one for each source package, not for each of its binaries
  EXPECT_EQ(scanned[0].id, "CVE-2026-1");
  EXPECT_EQ(scanned[0].fix, "upgrade openssl to 3.0.2-1");
  EXPECT_EQ(scanned[0].line, 0U);
}

TEST(Issues, LeaveOutWhatIsSuppressedAndKeepWhatIsNotEvaluated) {
  Report report = check_report();
  report.targets[0].findings[1].suppressed = Suppression{.by = "pragma"};
  report.targets[0].not_evaluated = {{.rule = "user-missing", .why = "the base image is not known"}};
  report.targets[1].errors = {Error{ErrorCode::invalid, "compose.yaml:3:1", "a tab indents", "use blanks"}};
  std::vector<IssueKind> kinds;
  for (const Issue& issue : issues_of(report)) kinds.push_back(issue.kind);
  EXPECT_THAT(kinds, ElementsAre(IssueKind::finding, IssueKind::not_evaluated, IssueKind::error));
}

TEST(Issues, NoTwoFingerprintsAreEqual) {
  Report report = check_report();
  report.targets[0].findings.push_back(report.targets[0].findings[0]);
  report.targets.push_back(report.targets[0]);
  std::set<std::string> distinct;
  const std::vector<Issue> issues = issues_of(report);
  for (const Issue& issue : issues) distinct.insert(issue.fingerprint);
  EXPECT_EQ(distinct.size(), issues.size());
}

TEST(Compact, IsALineForEachProblem) {
  EXPECT_EQ(render_compact(check_report(), {}),
            "web/Dockerfile:1:7: medium: stage \"web\": the image is named without a tag [image-untagged]\n"
            "web/Dockerfile:3:7: high: runs as root [user-root]\n");
  EXPECT_THAT(render_compact(sample_report(), {}),
              HasSubstr("shop.tar: critical: openssl 3.0.1-1: CVE-2026-1 [CVE-2026-1]\n"));
}

TEST(Compact, KeepsAHostileMessageOnItsLine) {
  Report report = check_report();
  report.targets[0].findings[1].message = "evil\nweb/Dockerfile:9:9: high: forged\x1b[31m";
  const std::string text = render_compact(report, {});
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(Github, EscapesWhatTheRunnerObeys) {
  Report report = check_report();
  report.targets[0].findings[1].path = "a,line=9::b%0A";
  report.targets[0].findings[1].message = "100%\n::error::forged";
  const std::string text = render_github(report, {});
  EXPECT_THAT(text, HasSubstr("::warning file=web/Dockerfile,line=1,endLine=1,col=7,title=oakum image-untagged::stage "
                              "\"web\": the image is named without a tag%0Afix: name the version\n"));
  EXPECT_THAT(text,
              HasSubstr("::error file=a%2Cline=9%3A%3Ab%250A,line=3,endLine=3,col=7,title=oakum user-root::100%25"));
  EXPECT_THAT(text, Not(HasSubstr("\n::error::forged")));
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
}

TEST(Gitlab, HasWhatCodeQualityRequires) {
  const Json list = Json::parse(render_gitlab(check_report(), {}));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0]["check_name"], "image-untagged");
  EXPECT_EQ(list[0]["severity"], "major");
  EXPECT_EQ(list[1]["severity"], "critical");
  EXPECT_EQ(list[1]["location"]["path"], "web/Dockerfile");
  EXPECT_EQ(list[1]["location"]["lines"]["begin"], 3);
  EXPECT_EQ(list[0]["fingerprint"].get<std::string>().size(), 32U);
  EXPECT_EQ(Json::parse(render_gitlab(sample_report(), {})).size(), 3U);
}

TEST(Gitlab, IsJsonWhateverTheBytes) {
  Report report = check_report();
  report.targets[0].findings[0].path = "\xff\xfe\"\\";
  report.targets[0].findings[0].message = std::string("\x00\x01\xc3", 3);
  EXPECT_EQ(Json::parse(render_gitlab(report, {})).size(), 2U);
  EXPECT_EQ(Json::parse(render_hadolint(report, {})).size(), 2U);
}

TEST(Hadolint, UsesItsCodesWhereItHasOne) {
  const Json list = Json::parse(render_hadolint(check_report(), {}));
  EXPECT_EQ(list[0], Json({{"file", "web/Dockerfile"},
                           {"line", 1},
                           {"column", 7},
                           {"level", "warning"},
                           {"code", "DL3006"},
                           {"message", "stage \"web\": the image is named without a tag"}}));
  EXPECT_EQ(list[1]["code"], "user-root");
  EXPECT_EQ(list[1]["level"], "error");
}

TEST(Checkstyle, GroupsByFileAndEscapes) {
  Report report = check_report();
  report.targets[0].findings[0].message = "<\"&'>";
  EXPECT_EQ(render_checkstyle(report, {}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n"
            "  <file name=\"web/Dockerfile\">\n"
            "    <error line=\"1\" column=\"7\" severity=\"warning\" message=\"stage &quot;web&quot;: "
            "&lt;&quot;&amp;&apos;&gt;; fix: name the version\" source=\"oakum.image-untagged\"/>\n"
            "    <error line=\"3\" column=\"7\" severity=\"error\" message=\"runs as root\" "
            "source=\"oakum.user-root\"/>\n"
            "  </file>\n</checkstyle>\n");
  EXPECT_THAT(render_checkstyle(Report{}, {}), HasSubstr("</checkstyle>"));
}

TEST(Junit, TellsFailedSkippedErrorAndClean) {
  Report report = check_report();
  report.targets[0].not_evaluated = {{.rule = "user-missing", .why = "the base image is not known"}};
  report.targets[0].errors = {Error{ErrorCode::io, "x", "unreadable", ""}};
  const std::string xml = render_junit(report, {});
  EXPECT_THAT(xml,
              HasSubstr("<testsuite name=\"web/Dockerfile\" tests=\"4\" failures=\"2\" errors=\"1\" skipped=\"1\">"));
  EXPECT_THAT(xml, HasSubstr("<testcase name=\"user-root line 3\" classname=\"web/Dockerfile\">"));
  EXPECT_THAT(xml, HasSubstr("<skipped message=\"not evaluated: the base image is not known\">"));
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"compose.yaml\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n"
                             "    <testcase name=\"nothing found\" classname=\"compose.yaml\"/>"));
}

TEST(Xml, HoldsNoCharacterThatXmlForbids) {
  EXPECT_EQ(xml_escaped("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&apos;");
  EXPECT_EQ(xml_escaped("\xEF\xBF\xBF!"), "\xEF\xBF\xBD!");
  EXPECT_EQ(xml_escaped("]]>"), "]]&gt;");
  for (const char c : xml_escaped(std::string("\x00\x08\x0b\x1f\x7f", 5)))
    EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
}

}  // namespace
}  // namespace oakum::report
