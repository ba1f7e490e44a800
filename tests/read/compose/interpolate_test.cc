#include "read/compose/interpolate.h"

#include <gtest/gtest.h>

#include "read/compose/dotenv.h"

namespace oakum::compose {
namespace {

const Environment& environment() {
  static const Environment kEnvironment{{"A", "a"}, {"EMPTY", ""}, {"_x1", "u"}};
  return kEnvironment;
}

struct Case {
  std::string_view text, expected;
};

class Expands : public testing::TestWithParam<Case> {};

TEST_P(Expands, AsComposeDoes) {
  const Interpolated result = interpolate(GetParam().text, environment());
  EXPECT_TRUE(result.known);
  EXPECT_EQ(result.problem, "");
  EXPECT_EQ(result.text, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Operators, Expands,
                         testing::Values(Case{"none", "none"}, Case{"$A", "a"}, Case{"x${A}y", "xay"},
                                         Case{"$A-b", "a-b"}, Case{"${_x1}", "u"}, Case{"$$A", "$A"},
                                         Case{"$${A}", "${A}"}, Case{"${EMPTY}", ""}, Case{"${EMPTY:-d}", "d"},
                                         Case{"${EMPTY-d}", ""}, Case{"${NONE:-d}", "d"}, Case{"${NONE-d}", "d"},
                                         Case{"${NONE:-}", ""}, Case{"${A:-d}", "a"}, Case{"${A:+o}", "o"},
                                         Case{"${A+o}", "o"}, Case{"${EMPTY:+o}", ""}, Case{"${EMPTY+o}", "o"},
                                         Case{"${NONE:+o}", ""}, Case{"${A:?m}", "a"}, Case{"${EMPTY?m}", ""},
                                         Case{"${NONE:-${A}}", "a"}, Case{"${NONE:-${NO:-${A:-x}}y}", "ay"},
                                         Case{"${NONE:-a:b/c}", "a:b/c"}, Case{"${NONE:-$$x}", "$x"}));

TEST(Interpolate, WhatHasNoValueIsNotKnownAndStaysAsWritten) {
  for (const std::string_view text :
       {"$NONE", "a${NONE}b", "${NONE:?must be set}", "${NONE?}", "${EMPTY:?m}", "${NO:-${NONE}}", "$A$NONE"}) {
    const Interpolated result = interpolate(text, environment());
    EXPECT_FALSE(result.known) << text;
    EXPECT_EQ(result.text, text);
    EXPECT_EQ(result.problem, "");
  }
}

TEST(Interpolate, WrongSyntaxIsTold) {
  for (const std::string_view text :
       {"$", "a $ b", "${", "${A", "${}", "${1}", "$1", "${A!b}", "${ A }", "${NONE:-$}"}) {
    const Interpolated result = interpolate(text, environment());
    EXPECT_NE(result.problem, "") << text;
    EXPECT_EQ(result.text, text);
    EXPECT_FALSE(result.known);
  }
}

TEST(Interpolate, NestingIsBounded) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "${N:-";
  EXPECT_NE(interpolate(text + std::string(1000, '}'), environment()).problem, "");
}

TEST(Dotenv, AllFormsOfLines) {
  Environment result{{"KEPT", "from outside"}};
  read_dotenv(
      "# comment\n\nPLAIN=a b # note\nexport EXPORTED=1\nDOUBLE=\"x\\ny $PLAIN # in\"\nSINGLE='$PLAIN'\nEMPTY=\n"
      "KEPT=no\nREF=${PLAIN}-${NONE:-d}\nUNKNOWN=$NONE\nno assignment\nSPACED = v\nMULTI=\"a\nb\"\nHASH=a#b\r\nLAST=z",
      result);
  EXPECT_EQ(result["PLAIN"], "a b");
  EXPECT_EQ(result["EXPORTED"], "1");
  EXPECT_EQ(result["DOUBLE"], "x\ny a b # in");
  EXPECT_EQ(result["SINGLE"], "$PLAIN");
  EXPECT_EQ(result.count("EMPTY"), 1U);
  EXPECT_EQ(result["KEPT"], "from outside");
  EXPECT_EQ(result["REF"], "a b-d");
  EXPECT_EQ(result.count("UNKNOWN"), 0U);
  EXPECT_EQ(result["SPACED"], "v");
  EXPECT_EQ(result["MULTI"], "a\nb");
  EXPECT_EQ(result["HASH"], "a#b");
  EXPECT_EQ(result["LAST"], "z");
}

}  // namespace
}  // namespace oakum::compose
