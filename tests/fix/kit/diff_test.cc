#include "fix/kit/diff.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum::fix {
namespace {

std::string numbers(int first, int last) {
  std::string text;
  for (int i = first; i <= last; ++i) text += std::to_string(i) + "\n";
  return text;
}

const std::string kHead = "diff --git a/x b/x\n--- a/x\n+++ b/x\n";

TEST(UnifiedDiff, CountsTheLinesAboveALongBeginning) {
  EXPECT_EQ(unified_diff("x", numbers(1, 100), numbers(1, 49) + "new\n" + numbers(51, 100)),
            kHead + "@@ -47,7 +47,7 @@\n 47\n 48\n 49\n-50\n+new\n 51\n 52\n 53\n");
}

TEST(UnifiedDiff, TakesTheLastOfEqualLines) {
  const std::string above = numbers(1, 20), same = "a\na\na\na\na\na\n", below = numbers(30, 50);
  EXPECT_EQ(unified_diff("x", above + same + below, above + same.substr(2) + below),
            kHead + "@@ -23,7 +23,6 @@\n a\n a\n a\n-a\n 30\n 31\n 32\n");
  EXPECT_EQ(unified_diff("x", above + same + below, above + same + "a\n" + below),
            kHead + "@@ -24,6 +24,7 @@\n a\n a\n a\n+a\n 30\n 31\n 32\n");
}

TEST(UnifiedDiff, SaysWhereTheLastLineHasNoEnd) {
  EXPECT_EQ(unified_diff("x", numbers(1, 30) + "end", numbers(1, 30) + "end\n"),
            kHead + "@@ -28,4 +28,4 @@\n 28\n 29\n 30\n-end\n\\ No newline at end of file\n+end\n");
  EXPECT_EQ(unified_diff("x", numbers(1, 30) + "end", "0\n" + numbers(1, 30) + "end"),
            kHead + "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n");
}

TEST(UnifiedDiff, JoinsHunksThatAreNear) {
  EXPECT_EQ(unified_diff("x", numbers(1, 40), numbers(1, 19) + "a\n" + numbers(21, 25) + numbers(27, 40)),
            kHead + "@@ -17,13 +17,12 @@\n 17\n 18\n 19\n-20\n+a\n 21\n 22\n 23\n 24\n 25\n-26\n 27\n 28\n 29\n");
}

TEST(UnifiedDiff, OfANewFileHasAllOfIt) {
  EXPECT_EQ(unified_diff("x", {}, "a\n", false),
            "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n");
  EXPECT_EQ(unified_diff("x", "a\n", "a\n"), "");
}

}  // namespace
}  // namespace oakum::fix
