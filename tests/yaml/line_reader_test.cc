// That LineReader makes of a text what libfyaml makes of it, and leaves to libfyaml what is not its own.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "yaml/stream.h"

namespace oakum::yaml {
namespace {

// All that a tree holds, as text.
void append(std::string& result, const Span& span) {
  for (const auto number : {span.begin, span.end, span.line, span.column, span.end_line, span.end_column}) {
    result += std::to_string(number) + " ";
  }
}

void append(std::string& result, const Node& node) {
  result += "kind " + std::to_string(static_cast<int>(node.kind)) + " style " +
            std::to_string(static_cast<int>(node.style)) + (node.merged ? " merged" : "") + " '" + node.scalar + "' ";
  append(result, node.span);
  result += "(";
  for (const Node& item : node.items) append(result, item);
  for (const Member& member : node.members) {
    result += "\n" + member.key + " ";
    append(result, member.key_span);
    append(result, member.value);
  }
  result += ")";
}

std::string all_of(const Documents& documents) {
  std::string result;
  for (const Node& root : documents.roots) append(result, root);
  for (const Span& span : documents.spans) append(result, span);
  for (const Comment& comment : documents.comments) {
    result += "#" + comment.text + (comment.own_line ? " own " : " ");
    append(result, comment.span);
  }
  return result;
}

TEST(LineReader, ReadsAsLibfyamlDoes) {
  const std::vector<std::string_view> texts{
      "a: 1\n",
      "a: 1",
      "services:\n  web:\n    image: nginx:1.27  # why\n    ports:\n      - \"80:80\"\n    command: --x -y 'z'\n",
      "list:\n- a\n- b: 1\n  c: 2\n-   d: 3\n    e:\n    - f\nnext: x\n",
      "a:\nb:\n  c:\n  d: ~\ne:   # nothing\n",
      "- a\n- 'b'\n- \"\"\n- [c, \"d\", [], {}]\n- {e: f, g: [no:1, {h: 'i'}]}\n",
      "# first\n---\na: 1\n\n---\n# no more\n---\nb: null  # last\n",
      "\"quoted key\": v\n'other' : \"w # no comment\"\nspaced  :  x  \n",
      "url: http://host/#part\ndashes: --flag\ntime: 10:20\nempty: ''\n",
      "# größer – ein Hinweis\nname: Zoë  # naïve\n\"ключ\": ['é', ü]\n",
      "base: x\n<<: {a: 1, base: y}\n",
  };
  for (const auto text : texts) {
    const LineIndex lines(text);
    EXPECT_TRUE(fits_lines(text)) << text;
    const auto ours = read_lines(text, lines);
    const auto theirs = read_stream(text, lines);
    ASSERT_TRUE(ours) << text;
    ASSERT_TRUE(theirs) << text;
    EXPECT_EQ(all_of(*ours), all_of(*theirs)) << text;
  }
}

TEST(LineReader, LeavesTheRestToLibfyaml) {
  const std::vector<std::string_view> texts{
      "",
      "# only a comment\n",
      "scalar\n",
      "a: &x 1\nb: *x\n",
      "a: !!str 1\n",
      "a: |\n  text\n",
      "a: one\n  line more\n",
      "a: \"one\n  line more\"\n",
      "a: \"\\n\"\n",
      "a: 'it''s'\n",
      "a: [b,\n  c]\n",
      "a: [b: c]\n",
      "a: [b,]\n",
      "? a\n: b\n",
      "-\n  a: 1\n",
      "- - a\n",
      "%YAML 1.2\n---\na: 1\n",
      "a: 1\n...\n",
      "--- a: 1\n",
      // Wrong:
      "a: b: c\n",
      "a: 1\na: 2\n",
      "a: 1\n  b: 2\n",
      "a:\n    b: 1\n  c: 2\n",
      "a: [b\n",
      "a: \"b\" c\n",
      "a: 1\n- b\n",
      "a: @b\n",
      "a: [-]\n",
  };
  for (const auto text : texts) EXPECT_FALSE(read_lines(text, LineIndex(text))) << text;
}

TEST(LineReader, FitsTextsWithoutOtherBlanksAndBreaks) {
  EXPECT_TRUE(fits_lines("a: é\n"));
  for (const std::string_view other : {"\t", "\r\n", "\xEF\xBB\xBF", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    EXPECT_FALSE(fits_lines("a: b" + std::string(other))) << other;
  }
}

}  // namespace
}  // namespace oakum::yaml
