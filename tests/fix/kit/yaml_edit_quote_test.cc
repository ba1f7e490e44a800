#include <string>

#include <gtest/gtest.h>

#include "fix/kit/yaml_edit_value.h"

namespace oakum::fix {
namespace {

using Style = yaml::Node::Style;

TEST(NeedsQuotes, WhatYamlReadsAsSomethingElse) {
  for (const char* text :
       {"",     "~",     "null", "Null", "true",     "FALSE",        "yes",         "No",   "on",   "OFF",   "y",
        "N",    "<<",    "1",    "-1",   "+1.5",     "1e3",          ".5",          "0x1F", "0o17", "1_000", "1:30",
        ".inf", "-.INF", ".nan", "0777", "22:22",    "2026-11-26",   "65532:65532", "- a",  "-",    "?",     "? a",
        ": a",  "a: b",  "a:",   "a #b", "#a",       "&a",           "*a",          "!a",   "|",    ">",     "'a",
        "\"a",  "%a",    "@a",   "`a",   " a",       "a ",           "a\nb",        "a\tb", "{a",   "[a",    ",a",
        "---",  "...",   "=",    "\x7f", "\xC2\x85", "a\xE2\x80\xA8"}) {
    EXPECT_TRUE(needs_quotes(text, false)) << text;
  }
}

TEST(NeedsQuotes, NotWhatIsPlain) {
  for (const char* text : {"a",
                           "512m",
                           "no-new-privileges:true",
                           "/a/b:/c:ro",
                           "-a",
                           "?a",
                           ":a",
                           "a#b",
                           "a:b",
                           "nginx:1.27",
                           "on-failure:5",
                           "a, b",
                           "a]b",
                           "ünï",
                           "http://x/y",
                           "yes sir",
                           "NET_RAW",
                           "1.5g",
                           "1.2.3",
                           "127.0.0.1:80:80",
                           "--x"}) {
    EXPECT_FALSE(needs_quotes(text, false)) << text;
  }
}

// Whatever is written comes back from the parser as the same string, in every place and style.
TEST(QuotedScalar, ComesBack) {
  const char* texts[] = {"",           "a",
                         "yes",        "1",
                         "a: b",       "a #b",
                         "a\nb\tc",    "it's",
                         "\"q\"",      "\\",
                         "a, [b] {c}", " x ",
                         "-",          "- x",
                         "?",          ":",
                         "*a",         "&a",
                         "!!str x",    "%x",
                         "@x",         "`x",
                         "\x01",       "\x7f",
                         "ünï",        "\xEF\xBB\xBF",
                         "x\xC2\x85y", "x\xE2\x80\xA9",
                         "---",        "--- x",
                         "...",        "a:",
                         "#",          "'",
                         "\"",         "''",
                         "${A:-b}",    "$$x",
                         "|",          ">-",
                         "~"};
  for (const std::string text : texts) {
    for (const Style style : {Style::plain, Style::single_quoted, Style::double_quoted, Style::literal}) {
      for (const bool flow : {false, true}) {
        const std::string scalar = quoted_scalar(text, style, flow);
        const std::string whole =
            flow ? "[k, {k: " + scalar + ", l: " + scalar + "}]\n" : "- k: " + scalar + "\n- " + scalar + "\n";
        const auto node = yaml::parse("x", whole);
        ASSERT_TRUE(node) << whole << node.error().message();
        const yaml::Node* value = node->items[flow ? 1 : 0].find("k");
        ASSERT_NE(value, nullptr) << whole;
        EXPECT_EQ(value->kind, yaml::Node::Kind::scalar) << whole;
        EXPECT_EQ(value->scalar, text) << whole;
      }
    }
  }
}

TEST(QuotedScalar, KeepsTheQuotesOfTheOld) {
  EXPECT_EQ(quoted_scalar("a", Style::plain, false), "a");
  EXPECT_EQ(quoted_scalar("a", Style::single_quoted, false), "'a'");
  EXPECT_EQ(quoted_scalar("a", Style::double_quoted, false), "\"a\"");
  EXPECT_EQ(quoted_scalar("a\nb", Style::single_quoted, false), "\"a\\nb\"");
  EXPECT_EQ(quoted_scalar("a\\: b", Style::plain, false), "'a\\: b'");
}

TEST(BlockText, NestsListsAndMappings) {
  const YamlManner manner{.step = 4, .list_step = 2, .line_end = "\n", .json = false};
  const YamlValue value = YamlValue::map(
      {{"a", YamlValue::list({"x", YamlValue::map({{"b", YamlValue::list({})}, {"c", YamlValue::integer(-1)}})})},
       {"yes", YamlValue::map({{"d", "e"}})}});
  EXPECT_EQ(block_text(value, 0, manner), "a:\n  - x\n  - b: []\n    c: -1\n\"yes\":\n    d: e");
  EXPECT_EQ(flow_text(value, manner), "{a: [x, {b: [], c: -1}], \"yes\": {d: e}}");
}

}  // namespace
}  // namespace oakum::fix
