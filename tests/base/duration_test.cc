#include "base/duration.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(Duration, Forms) {
  using std::chrono::nanoseconds;
  EXPECT_EQ(parse_duration("1m30s"), nanoseconds(std::chrono::seconds(90)));
  EXPECT_EQ(parse_duration("1.5h"), nanoseconds(std::chrono::minutes(90)));
  EXPECT_EQ(parse_duration("250ms"), nanoseconds(std::chrono::milliseconds(250)));
  EXPECT_EQ(parse_duration("5000"), nanoseconds(5000));
  for (const char* wrong : {"", "s", "1x", "1.2.3s", "99999999999h", "-"})
    EXPECT_EQ(parse_duration(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace oakum
