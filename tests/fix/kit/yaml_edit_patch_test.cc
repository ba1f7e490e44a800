#include "fix/kit/yaml_edit_patch.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "fix/kit/yaml_edit.h"

namespace oakum::fix {
namespace {

using yaml::Member;
using yaml::Node;

// With all places.
void expect_same(const Node& a, const Node& b, const std::string& at) {
  EXPECT_EQ(a.kind, b.kind) << at;
  EXPECT_EQ(a.scalar, b.scalar) << at;
  EXPECT_EQ(a.span, b.span) << at << ": ends at " << a.span.end << " and " << b.span.end;
  ASSERT_EQ(a.items.size(), b.items.size()) << at;
  ASSERT_EQ(a.members.size(), b.members.size()) << at;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    expect_same(a.items[i], b.items[i], at + "[" + std::to_string(i) + "]");
  for (std::size_t i = 0; i < a.members.size(); ++i) {
    EXPECT_EQ(a.members[i].key, b.members[i].key) << at;
    EXPECT_EQ(a.members[i].key_span, b.members[i].key_span) << at;
    expect_same(a.members[i].value, b.members[i].value, at + "." + a.members[i].key);
  }
}

using Act = std::function<YamlEditor::Done(YamlEditor&)>;

struct Case {
  std::string_view text;
  Act act;
};

Act set(YamlPath path, YamlValue value) {
  return [=](YamlEditor& editor) { return editor.set(path, value); };
}
Act append(YamlPath path, YamlValue value) {
  return [=](YamlEditor& editor) { return editor.append(path, value); };
}
Act drop(YamlPath path) {
  return [=](YamlEditor& editor) { return editor.remove(path); };
}

constexpr std::string_view kShop =
    "# shop\nservices:\n  web:\n    image: a\n    ports:\n      - \"80:80\"\n      - \"81:81\"  # two\n\n"
    "  # the data\n  db:\n    image: b\n    command: |+\n      x\n\n\nvolumes:\n  data:\n  more: {}\n";

const std::vector<Case> kCases{
    {kShop, set({"services", "web", "init"}, YamlValue::boolean(true))},
    {kShop, set({"services", "web", "image"}, "longer")},
    {kShop, set({"services", "db", "init"}, YamlValue::boolean(true))},
    {kShop, append({"services", "web", "ports"}, "82:82")},
    {kShop, append({"services", "db", "tmpfs"}, "/run")},
    {kShop, drop({"services", "web", "ports", 0})},
    {kShop, drop({"services", "web", "ports", 1})},
    {kShop, drop({"services", "web", "image"})},
    {kShop, drop({"services", "db", "command"})},
    {kShop, drop({"volumes", "data"})},
    {"a:\r\n  b: 1\r\n  c:\r\n    - x: 1\r\n      y: 2\r\nd: 3\r\n", set({"a", "c", 0, "z"}, "q")},
    {"a:\n  b: 1", set({"a", "c"}, "q")},
    {"a:\n  b:\n    c: 1\n  d:\n", set({"a", "b", "e"}, "q")},
    {"a: 1\nb: {c: 2}\n---\na:\n  b: 2\n...\n", set({"b", "d"}, "q")},
    {"x: &x {u: 1}\na:\n  <<: *x\n  b: 2\nc:\n  d: *x\n  e: 5\nf: *x\n", set({"c", "g"}, "q")},
    {"x: &x\n  u: 1\n  v: 2\na:\n  b: 2\nc:\n  - *x\n", set({"a", "g"}, "q")},
    {"\xEF\xBB\xBF"
     "a:\n  b: \xC3\xA4\nc: 1\n",
     set({"a", "g"}, "q")},
};

class YamlPatch : public testing::TestWithParam<Case> {};

TEST_P(YamlPatch, GivesTheTreeThatReadingTheTextGives) {
  const auto& [text, act] = GetParam();
  auto editor = YamlEditor::open(Source{"x.yaml", std::string(text), 1, false});
  ASSERT_TRUE(editor) << editor.error().why;
  const auto done = act(*editor);
  ASSERT_TRUE(done) << done.error().why;
  EXPECT_TRUE(editor->changed());
  const auto read = yaml::parse_all("x.yaml", editor->text());
  ASSERT_TRUE(read) << read.error().message();
  expect_same(editor->root(), read->roots.front(), "");
}

INSTANTIATE_TEST_SUITE_P(All, YamlPatch, testing::ValuesIn(kCases));

}  // namespace
}  // namespace oakum::fix
