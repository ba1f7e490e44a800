#include "rules/build/structure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum::rules {
namespace {

using testing::ElementsAre;

TEST(Structure, ContextPathsAreCleanAndStayInside) {
  EXPECT_EQ(context_path("./a//b/"), "a/b");
  EXPECT_EQ(context_path("a/../b"), "b");
  EXPECT_EQ(context_path("../../x"), "x");
  EXPECT_EQ(context_path("."), "");
  EXPECT_EQ(context_path("/"), "");
}

TEST(Structure, PortsAreNumbersAndRanges) {
  const auto range = parse_ports("8000-8010/UDP");
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range->first, 8000U);
  EXPECT_EQ(range->last, 8010U);
  EXPECT_EQ(range->protocol, "UDP");
  EXPECT_EQ(parse_ports("80")->last, 80U);
  for (const char* no : {"", "a", "80:80", "-1", "80-x", "/tcp", "99999999999999999999"}) {
    EXPECT_FALSE(parse_ports(no).has_value()) << no;
  }
}

TEST(Structure, RootsAndTheFinalChainFollowFrom) {
  Dockerfile dockerfile;
  dockerfile.stages.resize(4);
  dockerfile.stages[1].parent = 0;
  dockerfile.stages[3].parent = 1;
  dockerfile.stages[3].is_final = true;
  EXPECT_THAT(roots_of(dockerfile), ElementsAre(0, 0, 2, 0));
  EXPECT_THAT(final_chain(dockerfile),
              ElementsAre(&dockerfile.stages[3], &dockerfile.stages[1], &dockerfile.stages[0]));
  EXPECT_TRUE(final_chain({}).empty());
}

TEST(Structure, APartOfAnArgumentKeepsItsPlaceWhereTheTextIsAsWritten) {
  Argument argument;
  argument.text = "a/$B/c";
  argument.span = {.begin = 10, .end = 16, .line = 2, .column = 6, .end_line = 2, .end_column = 12};
  const Span part = part_of(argument, 2, 4);
  EXPECT_EQ(part, (Span{.begin = 12, .end = 14, .line = 2, .column = 8, .end_line = 2, .end_column = 10}));
  EXPECT_EQ(part_of(argument, 4, 99), argument.span);
  argument.span.end = 20;  // a continuation was taken out
  EXPECT_EQ(part_of(argument, 2, 4), argument.span);
}

}  // namespace
}  // namespace oakum::rules
