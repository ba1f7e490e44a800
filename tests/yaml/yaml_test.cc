#include "yaml/yaml.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum::yaml {
namespace {

std::string cut(std::string_view text, const Span& span) {
  return std::string(text.substr(span.begin, span.end - span.begin));
}

Node parsed(std::string_view text) {
  auto node = parse("x.yaml", text);
  EXPECT_TRUE(node) << (node ? "" : node.error().message());
  return node.value_or(Node{});
}

std::string refusal(std::string_view text) {
  const auto node = parse("x.yaml", text);
  EXPECT_FALSE(node);
  return node ? "" : node.error().message();
}

TEST(Yaml, EveryScalarStyleKnowsItsBytes) {
  const std::string text =
      "plain: a b\n"
      "single: 'it''s' # not part\n"
      "double: \"q\\n\"\n"
      "literal: |\n  one # no comment\n  two\n\n"
      "folded: >-\n  fold\n  ed\n"
      "last: é\n";
  const Node root = parsed(text);
  const auto value = [&](std::string_view key) { return cut(text, root.find(key)->span); };
  EXPECT_EQ(value("plain"), "a b");
  EXPECT_EQ(value("single"), "'it''s'");
  EXPECT_EQ(root.find("single")->scalar, "it's");
  EXPECT_EQ(value("double"), "\"q\\n\"");
  EXPECT_EQ(root.find("double")->scalar, "q\n");
  EXPECT_EQ(value("literal"), "|\n  one # no comment\n  two");
  EXPECT_EQ(root.find("literal")->scalar, "one # no comment\ntwo\n");
  EXPECT_EQ(root.find("literal")->style, Node::Style::literal);
  EXPECT_EQ(value("folded"), ">-\n  fold\n  ed");
  EXPECT_EQ(root.find("folded")->scalar, "fold ed");
  EXPECT_EQ(value("last"), "é");
  EXPECT_EQ(cut(text, root.member("folded")->key_span), "folded");
  EXPECT_EQ(root.find("last")->span.line, 11U);
  EXPECT_EQ(root.find("last")->span.column, 7U);
}

TEST(Yaml, FlowMayCloseWhereItsKeyStands) {
  const std::string text =
      "services:\n  web:\n    command: [\n      \"a\", b c\n    ]\n    labels: {\n    x: y, z: [\n  1,\n2\n]\n    }\n"
      "    after: 1\nlast: [\n]\n";
  const Node root = parsed(text);
  const Node* web = root.find("services")->find("web");
  ASSERT_NE(web, nullptr);
  EXPECT_EQ(web->find("command")->strings(), (std::vector<std::string>{"a", "b c"}));
  EXPECT_EQ(cut(text, web->find("command")->span), "[\n      \"a\", b c\n    ]");
  EXPECT_EQ(cut(text, web->find("labels")->find("z")->span), "[\n  1,\n2\n]");
  EXPECT_EQ(web->find("labels")->find("x")->scalar, "y");
  EXPECT_EQ(web->find("after")->scalar, "1");
  EXPECT_EQ(root.find("last")->kind, Node::Kind::sequence);
}

TEST(Yaml, FlowThatDoesNotCloseIsRefused) {
  EXPECT_NE(refusal("a: [\nb: 1\nc: 2\n"), "");
  EXPECT_NE(refusal("a: {\n  x: 1\nb: 1\n"), "");
  EXPECT_NE(refusal("a: [1, 2\n- b\n"), "");
}

TEST(Yaml, CollectionsSpanFromTheirFirstToTheirLastByte) {
  const std::string text = "block:\n  a: 1\n  b:\n    - x\n    - y\nflow: {c: [1, 2], d: {}}  # z\nlast:\n";
  const Node root = parsed(text);
  EXPECT_EQ(cut(text, root.find("block")->span), "a: 1\n  b:\n    - x\n    - y");
  EXPECT_EQ(root.find("block")->style, Node::Style::block);
  EXPECT_EQ(cut(text, root.find("block")->find("b")->span), "- x\n    - y");
  EXPECT_EQ(cut(text, root.find("flow")->span), "{c: [1, 2], d: {}}");
  EXPECT_EQ(root.find("flow")->style, Node::Style::flow);
  EXPECT_EQ(cut(text, root.find("flow")->find("c")->span), "[1, 2]");
  EXPECT_TRUE(root.find("last")->is_null());
  EXPECT_EQ(root.find("last")->span.begin, text.size() - 1);
}

TEST(Yaml, AnImplicitPairInAListStartsAtItsKey) {
  const std::string text = "[a: 1]";
  const Node root = parsed(text);
  ASSERT_EQ(root.items.size(), 1U);
  EXPECT_EQ(cut(text, root.items[0].span), "a: 1");
}

TEST(Yaml, EmptyItemsOfAListThatIsNotIndentedAreNulls) {
  const std::string text = "k:\n- 1\n- # c\n-\n\n# d\n- x: é\n- - y\n  -\nl: |\n  -\n  z\nm:\n-\n";
  const auto all = parse_all("x.yaml", text);
  ASSERT_TRUE(all) << all.error().message();
  const Node& root = all->roots[0];
  const std::vector<Node>& items = root.find("k")->items;
  ASSERT_EQ(items.size(), 5U);
  EXPECT_TRUE(items[1].is_null());
  EXPECT_EQ(items[1].scalar, "");
  EXPECT_TRUE(items[2].is_null());
  EXPECT_EQ(cut(text, items[3].span), "x: é");
  EXPECT_EQ(cut(text, items[3].find("x")->span), "é");
  EXPECT_EQ(items[4].items.size(), 2U);
  EXPECT_EQ(root.find("l")->scalar, "-\nz\n");
  EXPECT_EQ(cut(text, root.member("m")->key_span), "m");
  EXPECT_TRUE(root.find("m")->items.at(0).is_null());
  EXPECT_EQ(all->comments.size(), 2U);
}

TEST(Yaml, ABlockWithoutLinesTakesNoneOfWhatFollows) {
  for (const std::string text : {
           "a:\n  b: |\n  c: yes\n",
           "a:\n  b: >-  # d\n\n  # e\n  c: yes\n",
           "a:\n  b: !t |+\n  c: yes\n",
           "a:\n  b:\n    |\n  c: yes\n",
           "\xEF\xBB\xBF"
           "a:\n  b: |\n  c: yes\n",
           "a:\r\n  b: |\r\n  c: yes\r\n",
           "a:\n  &x b: |\n  c: yes\n",
       }) {
    const auto all = parse_all("x.yaml", text);
    ASSERT_TRUE(all) << all.error().message() << text;
    const Node& a = *all->roots[0].find("a");
    ASSERT_EQ(a.members.size(), 2U) << text;
    EXPECT_EQ(a.members[0].value.scalar, "") << text;
    EXPECT_FALSE(a.members[0].value.is_null()) << text;
    EXPECT_TRUE(a.find("c")->is_true()) << text;
    EXPECT_EQ(cut(text, a.member("c")->key_span), "c");
    EXPECT_EQ(cut(text, a.find("c")->span), "yes");
  }
  const std::string list = "a:\n  b:\n  - |\n  - - >-2\n    - k: |\n      l: |\n       m\n  &x c:\n  - |\n    d\n";
  const auto all = parse_all("x.yaml", list);
  ASSERT_TRUE(all) << all.error().message();
  const Node& a = *all->roots[0].find("a");
  const Node& b = *a.find("b");
  ASSERT_EQ(b.items.size(), 2U);
  EXPECT_EQ(b.items[0].scalar, "");
  EXPECT_EQ(cut(list, b.items[0].span), "|");
  EXPECT_EQ(cut(list, b.items[1].items[0].span), ">-2");
  ASSERT_EQ(b.items[1].items.size(), 2U);
  EXPECT_EQ(b.items[1].items[0].scalar, "");
  EXPECT_EQ(b.items[1].items[1].find("k")->scalar, "");
  EXPECT_EQ(b.items[1].items[1].find("l")->scalar, "m\n");
  EXPECT_EQ(a.find("c")->items.at(0).scalar, "d\n");
}

TEST(Yaml, ABlockWithoutLinesMayEndTheText) {
  for (const std::string text : {"a: |", "a: >-\n", "a: !t |+ # c\n", "b: 1\na: |\n\n"}) {
    const auto all = parse_all("x.yaml", text);
    ASSERT_TRUE(all) << all.error().message() << text;
    EXPECT_EQ(all->roots[0].find("a")->scalar, "") << text;
  }
}

TEST(Yaml, TooManyBlocksWithoutLinesAreRefusedRatherThanMisread) {
  std::string text = "a:\n";
  for (int i = 0; i < 30; ++i) text += "  b" + std::to_string(i) + ": |\n";
  const auto all = parse_all("x.yaml", text + "  c: yes\n");
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().message(), "x.yaml:22:8: a block without lines, one of too many; write \"\" in its place");
}

TEST(Yaml, WordsOfYaml11AreBooleansUnlessQuoted) {
  const Node root = parsed("a: yes\nb: \"yes\"\nc: Off\nd: ~\ne: 'null'\nf: truer\ng: !!str true\n");
  EXPECT_TRUE(root.find("a")->is_true());
  EXPECT_FALSE(root.find("b")->is_true());
  EXPECT_TRUE(root.find("c")->is_false());
  EXPECT_TRUE(root.find("d")->is_null());
  EXPECT_FALSE(root.find("e")->is_null());
  EXPECT_FALSE(root.find("f")->is_true());
  EXPECT_FALSE(root.find("g")->is_true());
}

TEST(Yaml, AliasesAreResolvedAndStayWhereTheyStand) {
  const std::string text = "a: &x {p: 1}\nb: *x\n";
  const Node root = parsed(text);
  const Node& alias = *root.find("b");
  EXPECT_EQ(alias.alias, "x");
  EXPECT_EQ(cut(text, alias.span), "*x");
  EXPECT_EQ(alias.find("p")->text(), "1");
  EXPECT_EQ(alias.find("p")->span.line, 1U);
}

TEST(Yaml, MergeKeysGiveWhatIsNotThere) {
  const Node root = parsed("x: &a {p: 1, q: 2}\ny: &b {q: 3, r: 4}\nz:\n  <<: [*a, *b]\n  p: 9\n");
  const Node& z = *root.find("z");
  EXPECT_EQ(z.find("p")->text(), "9");
  EXPECT_FALSE(z.find("p")->merged);
  EXPECT_EQ(z.find("q")->text(), "2");
  EXPECT_TRUE(z.find("q")->merged);
  EXPECT_EQ(z.find("r")->text(), "4");
  EXPECT_EQ(z.find("<<"), nullptr);
}

TEST(Yaml, TagsAreKept) {
  const Node root = parsed("a: !reset\nb: !override [1]\nc: !!str 5\nd: !reset []\n");
  EXPECT_EQ(root.find("a")->tag, "!reset");
  EXPECT_EQ(root.find("b")->tag, "!override");
  EXPECT_EQ(root.find("b")->kind, Node::Kind::sequence);
  EXPECT_EQ(root.find("c")->tag, "!!str");
  EXPECT_EQ(root.find("d")->tag, "!reset");
}

TEST(Yaml, CommentsAreFoundOutsideOfStrings) {
  const std::string text =
      "# top\na: \"# no\"  # yes\nb: x#no\nc: |  # header\n  # no\n# after\nd: '#'\ne: [1, # in flow\n 2]\n";
  const auto all = parse_all("x.yaml", text);
  ASSERT_TRUE(all);
  std::vector<std::string> texts;
  for (const Comment& comment : all->comments) texts.push_back(comment.text);
  EXPECT_EQ(texts, (std::vector<std::string>{"top", "yes", "header", "after", "in flow"}));
  EXPECT_TRUE(all->comments[0].own_line);
  EXPECT_FALSE(all->comments[1].own_line);
  EXPECT_EQ(cut(text, all->comments[3].span), "# after");
}

TEST(Yaml, DocumentsAreSeparateAndEmptyOnesLeftOut) {
  const std::string text = "a: 1\n---\n---\n# only\n---\nb: 2\n...\n";
  const auto all = parse_all("x.yaml", text);
  ASSERT_TRUE(all);
  ASSERT_EQ(all->roots.size(), 2U);
  ASSERT_EQ(all->spans.size(), 2U);
  EXPECT_EQ(cut(text, all->spans[0]), "a: 1\n");
  EXPECT_EQ(all->roots[1].find("b")->text(), "2");
  EXPECT_EQ(all->spans[1].line, 5U);
  EXPECT_EQ(refusal("a: 1\n---\nb: 2\n"), "x.yaml:2:1: a second document; keep one document in a file");
  EXPECT_FALSE(parse("x", "a: &x 1\n---\nb: *x\n"));
}

TEST(Yaml, ByteOrderMarkAndWindowsLineEndsAreTaken) {
  const std::string text = "\xEF\xBB\xBF# c\r\na: \"b\"\r\nc:\r\n  - d\r\n";
  const Node root = parsed(text);
  EXPECT_EQ(cut(text, root.find("a")->span), "\"b\"");
  EXPECT_EQ(cut(text, root.find("c")->span), "- d");
  EXPECT_TRUE(parsed("").is_null());
  EXPECT_TRUE(parsed("# nothing\n").is_null());
}

TEST(Yaml, RefusesWhatIsNotYamlWithItsPlace) {
  EXPECT_EQ(refusal("a: 1\nb: 2\na: 3\n"), "x.yaml:3:1: the key \"a\" is already defined on line 1");
  EXPECT_EQ(refusal("a:\n\tb: 1\n"), "x.yaml:2:1: tab character may not be used as indentation");
  EXPECT_EQ(refusal(std::string_view("a\0b", 3)), "x.yaml:1:2: holds a NUL byte");
  EXPECT_EQ(refusal("a: 1\nb: \x1B[0m\n"), "x.yaml:2:4: holds the control character \\x1b");
  EXPECT_EQ(refusal("a: 1\nb: \xFF\n"), "x.yaml:2:4: is not UTF-8");
  EXPECT_EQ(refusal(std::string_view("\xFF\xFE"
                                     "a\0",
                                     4)),
            "x.yaml:1:1: is UTF-16; save it as UTF-8");
  EXPECT_EQ(refusal("a: *b\n"), "x.yaml:1:4: no anchor \"&b\" before this alias");
  EXPECT_EQ(refusal("a: &b [*b]\n"), "x.yaml:1:8: the alias \"*b\" stands inside its own anchor");
  EXPECT_EQ(refusal("<<: 5\n"), "x.yaml:1:5: the merge key \"<<\" takes a mapping or a list of mappings");
  EXPECT_EQ(refusal("? [a]\n: b\n"), "x.yaml:1:3: a key that is a list or a mapping");
  EXPECT_EQ(refusal("a: \"b\n").substr(0, 10), "x.yaml:1:5");
}

TEST(Yaml, RefusesBombs) {
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += before + ",";
    bomb += "]\n";
  }
  EXPECT_NE(refusal(bomb).find("1,000,000"), std::string::npos);
  EXPECT_NE(refusal(std::string(100000, '[')).find("deeper than 64 levels"), std::string::npos);
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "{a: ";
  EXPECT_NE(refusal(deep).find("deeper than 64 levels"), std::string::npos);
  std::string wide = "a: &a " + std::string(1 << 20, 'x') + "\nb: [";
  for (int i = 0; i < 100; ++i) wide += "*a,";
  EXPECT_NE(refusal(wide + "]").find("16 MiB of text"), std::string::npos);
  std::string chained = "a0: &a0 [[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]\n";
  for (int i = 1; i < 5; ++i) {
    chained += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [[[[[[[[[[[[[[[[*a" + std::to_string(i - 1) +
               "]]]]]]]]]]]]]]]]\n";
  }
  EXPECT_NE(refusal(chained).find("through an alias"), std::string::npos);
  EXPECT_EQ(refusal(std::string(kMaxBytes + 1, 'a')), "x.yaml: larger than 16 MiB");
}

TEST(Yaml, ALongLineIsNoTrouble) {
  const std::string text = "a: \"" + std::string(8U << 20, 'b') + "\"\nc: d\n";
  const Node root = parsed(text);
  EXPECT_EQ(root.find("a")->scalar.size(), 8U << 20);
  EXPECT_EQ(root.find("c")->span.line, 2U);
}

TEST(Yaml, AnchorsInAnchorsAreCountedOnce) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "&a" + std::to_string(i) + " [";
  EXPECT_TRUE(parse("x", text + std::string(30, ']')));
}

}  // namespace
}  // namespace oakum::yaml
