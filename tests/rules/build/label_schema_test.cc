// The label rules with a schema: cases run without settings, so what a schema asks for is tested here.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/build/table.h"
#include "rules/kit/judge.h"

namespace oakum::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Subjects file_with_labels(const std::vector<std::pair<std::string, std::string>>& labels) {
  Dockerfile dockerfile;
  Instruction from;
  from.kind = InstructionKind::from;
  Instruction label;
  label.kind = InstructionKind::label;
  for (const auto& [key, value] : labels) {
    Assignment assignment;
    assignment.key.value = key;
    assignment.value.value = value;
    label.assignments.push_back(assignment);
  }
  dockerfile.instructions = {from, label};
  dockerfile.stages.resize(1);
  dockerfile.stages[0].last = 1;
  dockerfile.stages[0].is_final = true;
  Subjects subjects;
  subjects.dockerfiles.push_back(dockerfile);
  return subjects;
}

// "alias: message" of each finding.
std::vector<std::string> findings(std::string_view id, const Subjects& subjects, const Settings& settings) {
  Outcome outcome;
  for (const Rule* rule : build_rules()) {
    if (rule->info.id == id) evaluate(*rule, subjects, settings, outcome);
  }
  std::vector<std::string> result;
  for (const Finding& finding : outcome.findings) {
    std::string line;
    for (const std::string& alias : finding.aliases) line += alias + ": ";
    result.push_back(line + finding.message);
  }
  return result;
}

Settings schema(std::vector<std::pair<std::string, std::string>> rows, bool strict = false) {
  Settings settings;
  settings.label_schema = std::move(rows);
  settings.strict_labels = strict;
  return settings;
}

TEST(LabelSchema, AsksForEachLabel) {
  const Subjects subjects = file_with_labels({{"a", "1"}});
  EXPECT_THAT(findings("label-missing", subjects, schema({{"a", "text"}, {"b", "text"}})),
              ElementsAre("DL3049: the image gets no label \"b\""));
}

TEST(LabelSchema, WhenStrictAllowsNoOther) {
  const Subjects subjects = file_with_labels({{"a", "1"}, {"b", "1"}});
  EXPECT_THAT(findings("label-extra", subjects, schema({{"a", "text"}}, true)),
              ElementsAre("DL3050: the label \"b\" is not in the schema"));
  EXPECT_THAT(findings("label-extra", subjects, schema({{"a", "text"}})), IsEmpty());
}

TEST(LabelSchema, AllowsNoEmptyLabel) {
  const Subjects subjects = file_with_labels({{"a", ""}, {"b", ""}});
  EXPECT_THAT(findings("label-empty", subjects, schema({{"a", "text"}})),
              ElementsAre("DL3051: the label \"a\" is empty"));
}

TEST(LabelSchema, GivesEachFormatItsOwnAlias) {
  const Subjects wrong = file_with_labels({{"u", "x"}, {"r", "x"}, {"s", "x"}, {"h", "x"}, {"v", "x"}, {"e", "x"}});
  const Settings settings = schema(
      {{"u", "url"}, {"r", "rfc3339"}, {"s", "spdx"}, {"h", "hash"}, {"v", "semver"}, {"e", "email"}, {"t", "text"}});
  EXPECT_THAT(
      findings("label-format", wrong, settings),
      ElementsAre(testing::StartsWith("DL3052: "), testing::StartsWith("DL3053: "), testing::StartsWith("DL3054: "),
                  testing::StartsWith("DL3055: "), testing::StartsWith("DL3056: "), testing::StartsWith("DL3058: ")));
  const Subjects right = file_with_labels({{"u", "https://a.b"},
                                           {"r", "2026-01-31T12:00:00Z"},
                                           {"s", "MIT"},
                                           {"h", "0a1b2c3"},
                                           {"v", "1.2.3"},
                                           {"e", "a@b.c"},
                                           {"t", "any"}});
  EXPECT_THAT(findings("label-format", right, settings), IsEmpty());
}

}  // namespace
}  // namespace oakum::rules
