#include "lsp/position.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum::lsp {
namespace {

TEST(Position, CountsUnitsOfUtf16) {
  const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";  // a, e acute, euro, emoji, z
  const TextLines lines(text, Encoding::utf16);
  EXPECT_EQ(lines.position(0), (Position{0, 0}));
  EXPECT_EQ(lines.position(3), (Position{0, 2}));
  EXPECT_EQ(lines.position(6), (Position{0, 3}));
  EXPECT_EQ(lines.position(10), (Position{0, 5}));
  EXPECT_EQ(lines.offset({0, 5}), 10U);
  EXPECT_EQ(lines.offset({0, 4}), 6U) << "between two surrogates is the character's begin";
  EXPECT_EQ(lines.position(8), (Position{0, 3})) << "inside a character is its begin";
}

TEST(Position, CountsBytesWhereTheClientDoes) {
  const std::string text = "\xF0\x9F\x98\x80z";
  const TextLines lines(text, Encoding::utf8);
  EXPECT_EQ(lines.position(4), (Position{0, 4}));
  EXPECT_EQ(lines.offset({0, 4}), 4U);
  EXPECT_EQ(lines.offset({0, 2}), 0U);
}

TEST(Position, KnowsAllLineEnds) {
  const TextLines lines("a\nb\r\nc\rd", Encoding::utf16);
  EXPECT_EQ(lines.offset({1, 0}), 2U);
  EXPECT_EQ(lines.offset({2, 0}), 5U);
  EXPECT_EQ(lines.offset({3, 0}), 7U);
  EXPECT_EQ(lines.position(7), (Position{3, 0}));
  EXPECT_EQ(lines.end_of(1), 3U);
  EXPECT_EQ(lines.end_of(2), 6U);
}

TEST(Position, BeyondALineIsItsEndAndBeyondTheTextTheTexts) {
  const TextLines lines("ab\r\ncd\n", Encoding::utf16);
  EXPECT_EQ(lines.offset({0, 99}), 2U);
  EXPECT_EQ(lines.offset({1, 4'000'000'000U}), 6U);
  EXPECT_EQ(lines.offset({2, 0}), 7U);
  EXPECT_EQ(lines.offset({77, 3}), 7U);
  EXPECT_EQ(lines.position(99), (Position{2, 0}));
}

TEST(Position, EveryPlaceComesBack) {
  const std::string text = "x\xF0\x9F\x98\x80\r\n\xC3\xA4\xFFy\r\r\n\n\xE2\x82";
  for (const Encoding encoding : {Encoding::utf16, Encoding::utf8}) {
    const TextLines lines(text, encoding);
    for (std::size_t at = 0; at <= text.size(); ++at) {
      const Position position = lines.position(at);
      const std::size_t back = lines.offset(position);
      EXPECT_LE(back, at);
      EXPECT_EQ(lines.position(back).line, position.line);
    }
  }
}

TEST(Position, RangesThatTouchMeet) {
  EXPECT_TRUE(meet({{0, 2}, {0, 4}}, {{0, 4}, {0, 4}}));
  EXPECT_FALSE(meet({{0, 2}, {0, 4}}, {{0, 5}, {1, 0}}));
}

}  // namespace
}  // namespace oakum::lsp
