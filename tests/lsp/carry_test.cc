#include "lsp/carry.h"

#include <string>

#include <gtest/gtest.h>

#include "check/unit.h"

namespace oakum::lsp {
namespace {

const std::string kName = "untitled:/Dockerfile";

Subjects read(const std::string& text) {
  Subjects subjects;
  check::ReadOptions options;
  options.context = false;
  check::read_text(check::FileKind::dockerfile, kName, text, options, subjects);
  return subjects;
}

// What ShellCheck said of `word` in the text.
Analysis said(const std::string& text, const std::string& word) {
  const Subjects subjects = read(text);
  Analysis analysis;
  for (const Source& source : subjects.sources) analysis.sources.emplace(source.number, source);
  for (const Instruction& instruction : subjects.dockerfiles[0].instructions)
    analysis.instructions[subjects.dockerfiles[0].source].emplace_back(instruction.span.begin, instruction.span.end);
  Finding finding;
  finding.rule = "shellcheck";
  finding.path = kName;
  finding.origin.source = subjects.dockerfiles[0].source;
  finding.origin.span = LineIndex(text).span(text.find(word), text.find(word) + word.size());
  analysis.findings.push_back(finding);
  return analysis;
}

std::vector<Finding> carried(const Analysis& before, const std::string& text) {
  std::vector<Finding> findings;
  carry_shellcheck(before, read(text), findings);
  return findings;
}

TEST(Carry, MovesWithItsInstruction) {
  const Analysis before = said("FROM x\nRUN ls $a\n", "$a");
  const auto findings = carried(before, "FROM x\nUSER 1\n\nRUN ls $a\n");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].origin.span.line, 4U);
  EXPECT_EQ(findings[0].origin.span.column, 8U);
  EXPECT_EQ(findings[0].origin.span.end - findings[0].origin.span.begin, 2U);
}

TEST(Carry, GoesWhenItsInstructionChanges) {
  EXPECT_TRUE(carried(said("FROM x\nRUN ls $a\n", "$a"), "FROM x\nRUN ls \"$a\"\n").empty());
  EXPECT_TRUE(carried(said("FROM x\nRUN ls $a\n", "$a"), "").empty());
}

TEST(Carry, OfTwinsTheNearestKeepsIt) {
  const auto findings = carried(said("FROM x\nRUN ls $a\nUSER 1\n", "$a"), "FROM x\nRUN ls $a\nUSER 1\nRUN ls $a\n");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].origin.span.line, 2U);
}

}  // namespace
}  // namespace oakum::lsp
