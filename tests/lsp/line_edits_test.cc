#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "lsp/workspace_edit.h"

namespace oakum::lsp {
namespace {

std::string applied(std::string text, std::vector<Replacement> edits) {
  std::ranges::reverse(edits);
  for (const Replacement& edit : edits) text.replace(edit.begin, edit.end - edit.begin, edit.text);
  return text;
}

TEST(LineEdits, TouchOnlyWhatDiffers) {
  const std::string before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n";
  const std::string after = "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\nnew\nl\n";
  const std::vector<Replacement> expected = {{2, 4, "B\n"}, {22, 22, "new\n"}, {24, 26, ""}};
  EXPECT_EQ(line_edits(before, after), expected);
  EXPECT_TRUE(line_edits(before, before).empty());
}

TEST(LineEdits, MakeTheOneTextIntoTheOther) {
  const std::vector<std::string> texts = {"",
                                          "\n",
                                          "a",
                                          "a\n",
                                          "a\r\nb\r\n",
                                          "b",
                                          "a\nb",
                                          "b\na\n",
                                          "a\n\n\nb\n",
                                          "x\na\nb\ny",
                                          "\na",
                                          "a\nb\nc\n",
                                          "a\nB\nc\n",
                                          "c\nb\na\nc",
                                          "-a\n+b\n@@ -1 +1 @@\n\\ No\n",
                                          "-a\n+b\n\\ No"};
  for (const std::string& before : texts) {
    for (const std::string& after : texts) {
      const auto edits = line_edits(before, after);
      EXPECT_EQ(applied(before, edits), after) << before << " -> " << after;
    }
  }
}

TEST(LineEdits, ALastLineWithoutEndStaysSo) {
  const std::vector<Replacement> expected = {{0, 2, "x\n"}};
  EXPECT_EQ(line_edits("a\nb", "x\nb"), expected);
}

}  // namespace
}  // namespace oakum::lsp
