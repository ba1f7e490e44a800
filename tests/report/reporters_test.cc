#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/layout.h"
#include "report/reporter.h"
#include "report/sample.h"
#include "report/select.h"

namespace oakum::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

std::string render(std::string_view format, const Report& report, ReportOptions options = {}) {
  const Reporter* reporter = find_reporter(format);
  EXPECT_NE(reporter, nullptr);
  return reporter->render(report, options);
}

TEST(Terminal, SaysTheSummaryBeforeTheDetails) {
  const std::string text = render("terminal", sample_report());
  EXPECT_THAT(text, HasSubstr("shop.tar · Debian GNU/Linux 12 (bookworm) · linux/amd64"));
  EXPECT_THAT(text, HasSubstr("1 critical  1 high  1 medium    2 can be fixed · 1 is exploited in the wild"));
  EXPECT_LT(text.find("can be fixed"), text.find("CVE-2026-1"));
  EXPECT_THAT(text, HasSubstr("openssl 3.0.1-1 · libssl3, openssl · layer 1 · ADD file:1 in /"));
  EXPECT_THAT(text, HasSubstr("curl 7.88.1-10 · layer 2 · RUN apt-get install -y curl"));
  EXPECT_THAT(text, HasSubstr("3 vulnerabilities in 3 of 3 packages · advisories of 2026-11-21 (debian)"));
}

TEST(Terminal, ClaimsNoAbsenceOfCriticalOnesWhereSeveritiesAreUnknown) {
  Report report = sample_report();
  for (Vulnerability& vulnerability : report.targets[0].vulnerabilities) vulnerability.severity = Severity::unknown;
  const std::string text = render("terminal", report);
  EXPECT_THAT(text, HasSubstr("3 of unknown severity"));
  EXPECT_THAT(text, Not(HasSubstr("0 critical")));
}

TEST(Terminal, NoLineIsWiderThanTheTerminal) {
  Report report = sample_report();
  report.targets[0].vulnerabilities[0].title = std::string(300, 'x');
  report.targets[0].name = "registry.example.org/some/long/repository/name/of/an/image:1.2.3-and-more";
  for (const std::size_t width : {80UL, 100UL, 140UL}) {
    std::string text = render("terminal", report, {.width = width});
    std::string_view rest = text;
    while (const auto line = next_line(rest)) EXPECT_LE(display_width(*line), width) << *line;
  }
}

TEST(Terminal, ColourOnlyWhereAskedFor) {
  EXPECT_THAT(render("terminal", sample_report()), Not(HasSubstr("\x1b[")));
  EXPECT_THAT(render("terminal", sample_report(), {.colour = true}), HasSubstr("\x1b[1;31m"));
}

TEST(Terminal, HostileNamesCannotReachTheTerminal) {
  Report report = sample_report();
  report.targets[0].packages[0].source.name = "evil\x1b]0;title\x07";
  report.targets[0].name = "a\rb";
  const std::string text = render("terminal", report);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\r")));
}

TEST(Terminal, NothingFoundAndNothingKnownReadDifferently) {
  Report report = sample_report();
  report.targets[0].vulnerabilities.clear();
  EXPECT_THAT(render("terminal", report), HasSubstr("no known vulnerabilities in 3 packages"));
  report.targets[0].unevaluated.push_back(
      {Unevaluated::Kind::no_data, "fedora:44", "the database holds no advisories for it"});
  const std::string text = render("terminal", report);
  EXPECT_THAT(text, HasSubstr("cannot judge: fedora:44: the database holds no advisories for it"));
  EXPECT_THAT(text, Not(HasSubstr("no known vulnerabilities")));
}

TEST(JsonReport, HasNullsForMissingValuesAndCountsRowsOnce) {
  const Json json = Json::parse(render("json", sample_report()));
  EXPECT_EQ(json["schema"], "oakum.report/1");
  EXPECT_EQ(json["summary"]["critical"], 1);
  EXPECT_EQ(json["summary"]["fixable"], 2);
  const Json& target = json["targets"][0];
  EXPECT_EQ(target["vulnerabilities"].size(), 5U);
  EXPECT_TRUE(target["vulnerabilities"][0]["fixed"].is_null());
  EXPECT_TRUE(target["vulnerabilities"][0]["epss"].is_null());
  EXPECT_EQ(target["vulnerabilities"][1]["package"], "libssl3");
  EXPECT_EQ(target["digest"], Digest::sha256_of("config").text());
}

TEST(JsonReport, SurvivesBytesThatAreNotUtf8) {
  Report report = sample_report();
  report.targets[0].packages[0].name = "\xff\xfe";
  for (const char* format : {"json", "sarif", "trivy", "grype"}) {
    EXPECT_TRUE(Json::accept(render(format, report))) << format;
  }
}

TEST(Sarif, OneRulePerVulnerabilityAndOneResultPerSourcePackage) {
  const Json run = Json::parse(render("sarif", sample_report()))["runs"][0];
  EXPECT_EQ(run["tool"]["driver"]["rules"].size(), 3U);
  ASSERT_EQ(run["results"].size(), 3U);
  EXPECT_EQ(run["results"][0]["ruleId"], "CVE-2026-1");
  EXPECT_EQ(run["results"][0]["level"], "error");
  EXPECT_EQ(run["tool"]["driver"]["rules"][0]["properties"]["security-severity"], "9.5");
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
}

TEST(Sarif, SuppressedResultsAreThereAndSaySo) {
  Report report = sample_report();
  report.targets[0].vulnerabilities[0].suppressed = Suppression{"x:1", "accepted", ""};
  const Json run = Json::parse(render("sarif", report))["runs"][0];
  EXPECT_EQ(run["results"].size(), 3U);
  EXPECT_EQ(run["results"][2]["suppressions"][0]["justification"], "x:1: accepted");
}

TEST(Trivy, HasTheFieldsThatPipelinesRead) {
  const Json json = Json::parse(render("trivy", sample_report()));
  EXPECT_EQ(json["SchemaVersion"], 2);
  const Json& result = json["Results"][0];
  EXPECT_EQ(result["Class"], "os-pkgs");
  EXPECT_EQ(result["Type"], "debian");
  EXPECT_EQ(result["Target"], "shop.tar (debian 12)");
  const Json& row = result["Vulnerabilities"][1];
  EXPECT_EQ(row["VulnerabilityID"], "CVE-2026-1");
  EXPECT_EQ(row["PkgName"], "libssl3");
  EXPECT_EQ(row["InstalledVersion"], "3.0.1-1");
  EXPECT_EQ(row["FixedVersion"], "3.0.2-1");
  EXPECT_EQ(row["Severity"], "CRITICAL");
  EXPECT_EQ(row["Status"], "fixed");
  EXPECT_EQ(row["Layer"]["DiffID"], "sha256:" + std::string(64, 'a'));
}

TEST(Grype, HasTheFieldsThatPipelinesRead) {
  const Json json = Json::parse(render("grype", sample_report()));
  ASSERT_EQ(json["matches"].size(), 5U);
  const Json& match = json["matches"][1];
  EXPECT_EQ(match["vulnerability"]["id"], "CVE-2026-1");
  EXPECT_EQ(match["vulnerability"]["severity"], "Critical");
  EXPECT_EQ(match["vulnerability"]["fix"]["state"], "fixed");
  EXPECT_EQ(match["vulnerability"]["fix"]["versions"][0], "3.0.2-1");
  EXPECT_EQ(match["artifact"]["name"], "libssl3");
  EXPECT_EQ(match["matchDetails"][0]["type"], "exact-indirect-match");
  EXPECT_EQ(json["distro"]["name"], "debian");
}

TEST(Layout, WidthsCountCodePointsNotBytesOrEscapes) {
  EXPECT_EQ(display_width("a→b"), 3U);
  EXPECT_EQ(display_width("\x1b[1mab\x1b[0m"), 2U);
  EXPECT_EQ(cut("abcdef", 4), "abc…");
  EXPECT_EQ(cut("abc", 3), "abc");
  EXPECT_EQ(pad_left("7", 3), "  7");
}

TEST(Instruction, IsWhatThePersonWrote) {
  const auto of = [](std::string text) { return instruction_of(Layer{.created_by = std::move(text)}); };
  EXPECT_EQ(of("/bin/sh -c #(nop) ADD file:1 in / "), "ADD file:1 in /");
  EXPECT_EQ(of("/bin/sh -c apt-get update"), "RUN apt-get update");
  EXPECT_EQ(of("RUN /bin/sh -c apt-get update # buildkit"), "RUN apt-get update");
  EXPECT_EQ(of("|1 A=b /bin/sh -c make"), "RUN make");
  EXPECT_EQ(of("RUN |2 A=b C=a word /bin/bash -o pipefail -c make # buildkit"), "RUN make");
  EXPECT_EQ(of("/bin/ash -eo pipefail -c make"), "RUN make");
  EXPECT_EQ(of("RUN |2 A=b C=d make all # buildkit"), "RUN make all");
  EXPECT_EQ(of("RUN --mount=type=cache,target=/x /bin/sh -c make # buildkit"), "RUN make");
  EXPECT_EQ(of("RUN /bin/shellcheck -c x # buildkit"), "RUN /bin/shellcheck -c x");
  EXPECT_EQ(of("/bin/sh"), "/bin/sh");
  EXPECT_EQ(of("COPY a b # buildkit"), "COPY a b");
  EXPECT_EQ(of(""), "");
}

}  // namespace
}  // namespace oakum::report
