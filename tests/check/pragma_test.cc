#include "check/pragma.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check/annotations.h"

namespace oakum::check {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What a pragma covers, as "tool first-last names".
std::string shown(const Pragma& pragma) {
  std::string text = pragma.tool + " " + std::to_string(pragma.first) + "-" + std::to_string(pragma.last);
  if (pragma.all) text += " all";
  for (const std::string& name : pragma.names) text += " " + name;
  if (!pragma.reason.empty()) text += " (" + pragma.reason + ")";
  return text;
}

std::vector<std::string> shown(std::string_view text, const Dockerfile* file = nullptr) {
  std::vector<std::string> result;
  for (const Pragma& pragma : pragmas_of(Source{"file", std::string(text), 0}, file)) result.push_back(shown(pragma));
  return result;
}

// Instructions at lines [first, last], FROM where a stage starts.
Dockerfile dockerfile_of(std::initializer_list<std::tuple<InstructionKind, std::uint32_t, std::uint32_t>> rows) {
  Dockerfile file;
  for (const auto& [kind, first, last] : rows) {
    Instruction instruction;
    instruction.kind = kind;
    instruction.span = {0, 0, first, 1, last, 10};
    if (kind == InstructionKind::from) {
      Stage stage;
      stage.first = file.instructions.size();
      file.stages.push_back(stage);
    }
    file.instructions.push_back(instruction);
  }
  return file;
}

TEST(Pragma, CoversTheYamlEntryBelowItWithAllThatIsIndentedDeeper) {
  EXPECT_THAT(shown("services:\n"
                    "  # oakum ignore=privileged,CIS-5.4 -- needs the device\n"
                    "  web:\n"
                    "    image: nginx\n"
                    "    privileged: true\n"
                    "\n"
                    "  db:\n"
                    "    image: postgres\n"),
              ElementsAre("oakum 3-5 privileged CIS-5.4 (needs the device)"));
}

TEST(Pragma, BehindAStatementCoversThat) {
  EXPECT_THAT(shown("a: 1\nprivileged: true  # oakum ignore=privileged -- x\nb: 2\n"),
              ElementsAre("oakum 2-2 privileged (x)"));
}

TEST(Pragma, ListAtTheIndentationOfItsKeyBelongsToIt) {
  EXPECT_THAT(shown("# trivy:ignore:DS-0002\nports:\n- \"80:80\"\n- \"81:81\"\nimage: x\n"),
              ElementsAre("trivy 2-4 DS-0002"));
}

TEST(Pragma, HadolintReachesInstructionFileAndStage) {
  const Dockerfile file = dockerfile_of({{InstructionKind::from, 2, 2},
                                         {InstructionKind::run, 4, 6},
                                         {InstructionKind::from, 8, 8},
                                         {InstructionKind::run, 9, 9}});
  EXPECT_THAT(
      shown("# hadolint global ignore=DL3007\n"
            "FROM a\n"
            "# hadolint ignore=DL3008,SC2086 # pinned elsewhere\n"
            "RUN a \\\n"
            "  b \\\n"
            "  c\n"
            "# hadolint stage ignore=DL3018\n"
            "FROM b\n"
            "RUN d\n",
            &file),
      ElementsAre("hadolint 1-10 DL3007", "hadolint 4-6 DL3008 SC2086 (pinned elsewhere)", "hadolint 9-10 DL3018"));
}

TEST(Pragma, OneUnknownWordDisablesAHadolintPragma) {
  EXPECT_THAT(shown("# hadolint ignore=DL3008,crazy\nRUN x\n"), IsEmpty());
}

TEST(Pragma, BuildkitSkipsForTheFileAtItsTopAndForOneInstructionElsewhere) {
  const Dockerfile file = dockerfile_of({{InstructionKind::from, 2, 2}, {InstructionKind::run, 4, 4}});
  EXPECT_THAT(
      shown("# check=skip=StageNameCasing;error=true\nFROM a\n# check=skip=JSONArgsRecommended // later\nCMD x\n",
            &file),
      ElementsAre("buildkit 1-5 buildkit:StageNameCasing", "buildkit 4-4 buildkit:JSONArgsRecommended (later)"));
}

TEST(Pragma, CheckovCoversTheDocumentAroundIt) {
  EXPECT_THAT(shown("kind: A\n---\nkind: B\n#checkov:skip=CKV_K8S_16:it must\nspec: 1\n---\nkind: C\n"),
              ElementsAre("checkov 3-5 CKV_K8S_16 (it must)"));
}

TEST(Pragma, TrivyIdsComeInThreeSpellings) {
  EXPECT_THAT(shown("# trivy:ignore:AVD-DS-0002 trivy:ignore:KSV001\na: 1\n"),
              ElementsAre("trivy 2-2 DS-0002 KSV-0001"));
}

TEST(Pragma, KicsAndDclint) {
  EXPECT_THAT(shown("# kics-scan disable=9EFB0B2D-89C9-41A3-91CA-DCC0AEC911FD\na: 1\n"),
              ElementsAre("kics 1-3 KICS-9efb0b2d"));
  EXPECT_THAT(shown("a: 1\n# kics-scan ignore-line\nb:\n  c: 1\n"), ElementsAre("kics 3-3 all"));
  EXPECT_THAT(shown("# dclint disable no-version-field\na: 1\n"), ElementsAre("dclint 1-3 dclint:no-version-field"));
}

TEST(Pragma, AHashInsideAWordIsNoComment) { EXPECT_THAT(shown("url: http://x/#oakum ignore=privileged\n"), IsEmpty()); }

Finding finding_at(std::uint32_t line, std::string rule, std::vector<std::string> aliases) {
  Finding finding;
  finding.rule = std::move(rule);
  finding.aliases = std::move(aliases);
  finding.origin.span = {0, 1, line, 1, line, 2};
  return finding;
}

TEST(ApplyPragmas, SuppressesWithPlaceAndReasonAndTellsUnknownNames) {
  Subjects subjects;
  subjects.add_source("compose.yaml", "a:\n  # oakum ignore=privilegedd,DL3008 -- known\n  b: 1\n  c: 1\n");
  std::vector<Finding> findings{finding_at(3, "pin-packages", {"DL3008"}), finding_at(4, "pin-packages", {"DL3008"})};
  std::vector<std::string> notes;
  apply_pragmas(subjects, {.today = "2026-11-26"}, findings, notes);
  ASSERT_TRUE(findings[0].suppressed.has_value());
  EXPECT_EQ(findings[0].suppressed->by, "compose.yaml:2");
  EXPECT_EQ(findings[0].suppressed->reason, "known");
  EXPECT_FALSE(findings[1].suppressed.has_value());
  EXPECT_THAT(notes, testing::Contains(testing::HasSubstr("\"privilegedd\" is no rule")));
}

TEST(ApplyPragmas, EndedOnesNoLongerHold) {
  Subjects subjects;
  subjects.add_source("f", "# oakum ignore=privileged until=2026-01-31 -- soon\na: 1\n");
  std::vector<Finding> findings{finding_at(2, "privileged", {})};
  std::vector<std::string> notes;
  apply_pragmas(subjects, {.today = "2026-02-01"}, findings, notes);
  EXPECT_FALSE(findings[0].suppressed.has_value());
  EXPECT_THAT(notes, ElementsAre(testing::HasSubstr("ended on 2026-01-31")));
  apply_pragmas(subjects, {.today = "2026-01-31"}, findings, notes);
  EXPECT_TRUE(findings[0].suppressed.has_value());
}

TEST(ApplyPragmas, AllOfAToolMeansWhatHasItsAlias) {
  Subjects subjects;
  subjects.add_source("f", "# kics-scan ignore\na: 1\n");
  std::vector<Finding> findings{finding_at(2, "x", {"KICS-12345678"}), finding_at(2, "y", {"DL3008"})};
  std::vector<std::string> notes;
  apply_pragmas(subjects, {.today = "2026-11-26"}, findings, notes);
  EXPECT_TRUE(findings[0].suppressed.has_value());
  EXPECT_FALSE(findings[1].suppressed.has_value());
}

Subjects annotated(std::string key, std::string value) {
  Subjects subjects;
  KubernetesObject object;
  object.origin.span = {0, 100, 1, 1, 9, 1};
  object.annotations.add({std::move(key), std::move(value)}, {});
  subjects.objects.push_back(object);
  return subjects;
}

bool suppresses(const Subjects& subjects, Finding finding) {
  std::vector<Finding> findings{std::move(finding)};
  apply_annotations(subjects, findings);
  return findings[0].suppressed.has_value();
}

TEST(Annotations, OfEveryPeerSuppressWhatTheyName) {
  const Finding finding = finding_at(
      5, "privileged", {"CKV_K8S_16", "kube-linter:privileged-container", "kube-score:x", "polaris:runAsPrivileged"});
  EXPECT_TRUE(suppresses(annotated("ignore-check.kube-linter.io/privileged-container", "why"), finding));
  EXPECT_TRUE(suppresses(annotated("kube-linter.io/ignore-all", "why"), finding));
  EXPECT_TRUE(suppresses(annotated("checkov.io/skip1", "CKV_K8S_16=why"), finding));
  EXPECT_TRUE(suppresses(annotated("polaris.fairwinds.com/runAsPrivileged-exempt", "true"), finding));
  EXPECT_TRUE(suppresses(annotated("kube-score/ignore", "a,x"), finding));
  EXPECT_FALSE(suppresses(annotated("ignore-check.kube-linter.io/host-pid", "why"), finding));
  EXPECT_FALSE(suppresses(annotated("checkov.io/skip1", "CKV_K8S_17=why"), finding));
  EXPECT_FALSE(suppresses(annotated("polaris.fairwinds.com/runAsPrivileged-exempt", "false"), finding));
}

TEST(Annotations, ReachOnlyTheirOwnObject) {
  Finding finding = finding_at(12, "privileged", {"CKV_K8S_16"});
  finding.origin.span.begin = 100;
  EXPECT_FALSE(suppresses(annotated("checkov.io/skip1", "CKV_K8S_16=why"), finding));
}

}  // namespace
}  // namespace oakum::check
