#include "base/shell_words.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

using Words = std::vector<std::string>;

TEST(ShellWords, AreSplitAsAShellReadsThem) {
  EXPECT_EQ(split_shell_words("a  b\tc\n"), (Words{"a", "b", "c"}));
  EXPECT_EQ(split_shell_words(R"(sh -c "echo \"x\" $Y \$Z" 'a\b' c\ d "")"),
            (Words{"sh", "-c", "echo \"x\" $Y $Z", "a\\b", "c d", ""}));
  EXPECT_EQ(split_shell_words(""), Words{});
  EXPECT_EQ(split_shell_words("'open"), std::nullopt);
}

TEST(ShellWords, AreReadBackAsTheyWereQuoted) {
  const Words words = {"docker", "run", "a b", "it's", "", "$HOME", "\\", "\"", "größer", "--x=y", "a\nb", "~"};
  EXPECT_EQ(split_shell_words(shell_line(words)), words);
  EXPECT_EQ(shell_line({"docker", "run", "--x=y"}), "docker run --x=y");
}

TEST(ShellWords, LeaveVariablesToTheShellWhereAsked) {
  EXPECT_EQ(shell_quoted("a $HOME", true), "\"a $HOME\"");
  EXPECT_EQ(shell_quoted("say \"$X\"", true), "\"say \\\"$X\\\"\"");
}

}  // namespace
}  // namespace oakum
