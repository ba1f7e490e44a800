#include "rules/build/variables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(std::string_view text) {
  std::vector<std::string> found;
  for (const VariableUse& use : variables_in(text, '\\')) found.emplace_back(use.name);
  return found;
}

TEST(Variables, AreFoundOutsideSingleQuotes) {
  EXPECT_THAT(names("$A/${B}x$C"), ElementsAre("A", "B", "C"));
  EXPECT_THAT(names("'$A' \"$B '$C'\" \\$D"), ElementsAre("B", "C"));
  EXPECT_THAT(names("${A:-$B}"), ElementsAre("A", "B"));
  EXPECT_THAT(names("$ $1 ${} ${1} $"), IsEmpty());
}

TEST(Variables, CarryTheirPlaceAndWhetherTheyHaveAFallback) {
  const auto uses = variables_in("a$B ${C} ${D-x} ${E:+x} ${F#x}", '\\');
  ASSERT_EQ(uses.size(), 5U);
  EXPECT_EQ(uses[0].begin, 1U);
  EXPECT_EQ(uses[0].end, 3U);
  EXPECT_EQ(uses[1].begin, 4U);
  EXPECT_EQ(uses[1].end, 8U);
  EXPECT_FALSE(uses[1].has_fallback);
  EXPECT_TRUE(uses[2].has_fallback);
  EXPECT_TRUE(uses[3].has_fallback);
  EXPECT_FALSE(uses[4].has_fallback);
}

Instruction setting(InstructionKind kind, const char* name) {
  Instruction instruction;
  instruction.kind = kind;
  instruction.assignments.emplace_back();
  instruction.assignments.back().key.value = name;
  return instruction;
}

TEST(Scope, ForgetsWhatOneOfTwoSet) {
  Scope scope;
  const std::vector<Instruction> first{setting(InstructionKind::env, "A"), setting(InstructionKind::label, "L")};
  const std::vector<Instruction> second{setting(InstructionKind::arg, "A"), setting(InstructionKind::arg, "B")};
  for (const auto* stage : {&first, &second}) {
    for (const Instruction& instruction : *stage) scope.define(instruction);
  }
  EXPECT_FALSE(scope.has("L"));
  scope.forget(second);
  EXPECT_TRUE(scope.has("A"));
  EXPECT_FALSE(scope.has("B"));
  scope.forget(first);
  EXPECT_FALSE(scope.has("A"));
}

TEST(Stages, AreWalkedFromTheOnesTheyAreBuiltOn) {
  Dockerfile dockerfile;
  dockerfile.stages.resize(4);
  dockerfile.stages[2].parent = 0;
  dockerfile.stages[3].parent = 2;
  std::string walk;
  const auto number = [&](const Stage& stage) { return std::to_string(&stage - dockerfile.stages.data()); };
  walk_stages(
      dockerfile, [&](const Stage& stage) { walk += "+" + number(stage); },
      [&](const Stage& stage) { walk += "-" + number(stage); });
  EXPECT_EQ(walk, "+0+2+3-3-2-0+1-1");
}

}  // namespace
}  // namespace oakum::rules
