#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using ::testing::ElementsAre;

TEST(Text, SplitKeepsEmptyParts) { EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", "")); }

TEST(Text, NextLineTakesBothLineEnds) {
  std::string_view text = "one\r\ntwo\n\nlast";
  EXPECT_EQ(next_line(text), "one");
  EXPECT_EQ(next_line(text), "two");
  EXPECT_EQ(next_line(text), "");
  EXPECT_EQ(next_line(text), "last");
  EXPECT_EQ(next_line(text), std::nullopt);
}

TEST(Text, NumbersAreWholeOrNothing) {
  EXPECT_EQ(parse_number<int>("-12"), -12);
  EXPECT_EQ(parse_number<unsigned>("-12"), std::nullopt);
  EXPECT_EQ(parse_number<int>("12 "), std::nullopt);
  EXPECT_EQ(parse_number<std::uint8_t>("256"), std::nullopt);
  EXPECT_EQ(parse_number<int>(""), std::nullopt);
}

TEST(Text, PrintableDefusesTerminalEscapes) {
  EXPECT_EQ(printable("a\x1b[31mb\n"), "a\\x1b[31mb\\x0a");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "\\xc2\\x9b31m");
  EXPECT_EQ(printable("caf\xc3\xa9"), "café");
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");
  EXPECT_EQ(printable("abcdef", 3), "abc…");
}

TEST(Text, HumanNumbers) {
  EXPECT_EQ(with_thousands(1234567), "1,234,567");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(human_bytes(1'230'000'000), "1.2 GB");
  EXPECT_EQ(human_bytes(512), "512 B");
}

TEST(Text, PercentEncodingKeepsUnreservedAndWhatIsAskedFor) {
  EXPECT_EQ(percent_encoded("a-b_c.d~e/f:g+h%3a"), "a-b_c.d~e%2Ff%3Ag%2Bh%253a");
  EXPECT_EQ(percent_encoded("a/b:c\xff", "/:"), "a/b:c%FF");
}

TEST(Text, NearestOffersOnlyWhatIsNear) {
  EXPECT_EQ(nearest("alpin", {"apk", "deb", "alpine"}), "alpine");
  EXPECT_EQ(nearest("scna", {"scan", "db"}), "scan");
  EXPECT_EQ(nearest("zzz", {"apk", "deb"}), "");
}

}  // namespace
}  // namespace oakum
