#include "fix/kit/yaml_edit.h"

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "fix/kit/text.h"

namespace oakum::fix {
namespace {

using Act = std::function<YamlEditor::Done(YamlEditor&)>;

struct Case {
  std::string_view name;
  std::string_view before;
  Act act;
  std::string_view after;    // "" when refused
  std::string_view refused;  // part of the reason
  bool once = false;         // by index: a second time it is another item's turn
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

Act set(YamlPath path, YamlValue value, Shared shared = Shared::refuse) {
  return [=](YamlEditor& editor) { return editor.set(path, value, shared); };
}
Act append(YamlPath path, YamlValue value) {
  return [=](YamlEditor& editor) { return editor.append(path, value); };
}
Act drop(YamlPath path, std::size_t keep = 1, Shared shared = Shared::refuse) {
  return [=](YamlEditor& editor) { return editor.remove(path, keep, shared); };
}
Act both(Act first, Act second) {
  return [=](YamlEditor& editor) {
    auto done = first(editor);
    return done ? second(editor) : done;
  };
}

YamlValue yes() { return YamlValue::boolean(true); }

std::string edited(std::string_view before, const YamlEditor& editor) {
  const auto after = apply_edits(before, editor.edits());
  return after ? *after : after.error().message();
}

class YamlEdit : public testing::TestWithParam<Case> {};

TEST_P(YamlEdit, GivesTheseBytes) {
  const Case& one = GetParam();
  auto editor = YamlEditor::open(Source{"x.yaml", std::string(one.before), 7, false});
  ASSERT_TRUE(editor) << editor.error().why;
  const auto done = one.act(*editor);
  if (!one.refused.empty()) {
    ASSERT_FALSE(done) << edited(one.before, *editor);
    EXPECT_NE(done.error().why.find(one.refused), std::string::npos) << done.error().why;
    EXPECT_EQ(editor->text(), one.before);
    return;
  }
  ASSERT_TRUE(done) << done.error().why;
  EXPECT_EQ(editor->text(), one.after);
  EXPECT_EQ(edited(one.before, *editor), one.after);
  for (const Edit& edit : editor->edits()) EXPECT_EQ(edit.source, 7U);

  // A second time nothing is left to do.
  if (one.once) return;
  auto again = YamlEditor::open(Source{"x.yaml", std::string(one.after), 7, false});
  ASSERT_TRUE(again);
  EXPECT_TRUE(one.act(*again));
  EXPECT_FALSE(again->changed()) << again->text();
}

const std::vector<Case> kSet{
    {"adds_a_key_behind_the_last_value", "a:\n  b: 1  # one\n  # about nothing\n\n# about c\nc: 2\n",
     set({"a", "d"}, yes()), "a:\n  b: 1  # one\n  d: true\n  # about nothing\n\n# about c\nc: 2\n", ""},
    {"makes_what_is_missing_on_the_way", "s:\n    web:\n        image: x\n",
     set({"s", "web", "deploy", "resources", "limits", "memory"}, "512m"),
     "s:\n    web:\n        image: x\n        deploy:\n            resources:\n                limits:\n"
     "                    memory: 512m\n",
     ""},
    {"goes_into_what_is_there", "a:\n  deploy:\n    resources: {}\n  x: 1\n",
     set({"a", "deploy", "resources", "limits", "memory"}, "512m"),
     "a:\n  deploy:\n    resources:\n      limits:\n        memory: 512m\n  x: 1\n", ""},
    {"keeps_double_quotes", "a: \"x\"  # c\n", set({"a"}, "q"), "a: \"q\"  # c\n", ""},
    {"keeps_single_quotes", "a: 'x'\n", set({"a"}, "it's"), "a: 'it''s'\n", ""},
    {"quotes_what_would_be_a_number", "a: x\n", set({"a"}, "65532"), "a: \"65532\"\n", ""},
    {"replaces_a_folded_text", "a: >-\n  b\n  c\n\nd: 1\n", set({"a"}, "e"), "a: e\n\nd: 1\n", ""},
    {"replaces_a_mapping_by_a_scalar", "a: # why\n  b: 1\n  c: 2\nd: 1\n", set({"a"}, "e"), "a: e # why\nd: 1\n", ""},
    {"replaces_a_scalar_by_a_list", "a: x # c\nb: 1\n", set({"a"}, YamlValue::list({"q", "z"})),
     "a: # c\n  - q\n  - z\nb: 1\n", ""},
    {"replaces_a_list_item", "a:\n  - x # c\n  - 'q'\n", set({"a", 1}, "z"), "a:\n  - x # c\n  - 'z'\n", ""},
    {"replaces_a_list_item_by_a_mapping", "a:\n  - x # c\n  - q\n",
     set({"a", 0}, YamlValue::map({{"k", "v"}, {"l", YamlValue::list({"w"})}})),
     "a:\n  - k: v\n    l:\n      - w # c\n  - q\n", ""},
    {"fills_a_null", "a:\n  web:  # c\n\nb: 1\n", set({"a", "web", "image"}, "x"),
     "a:\n  web:  # c\n    image: x\n\nb: 1\n", ""},
    {"fills_a_tilde", "a: ~ # c\nb: 1\n", set({"a", "k"}, "x"), "a: # c\n  k: x\nb: 1\n", ""},
    {"fills_a_null_with_a_scalar", "a:\nb: 1\n", set({"a"}, "x"), "a: x\nb: 1\n", ""},
    {"writes_inside_braces", "a: {b: 1 , c: [x]}\n", set({"a", "d"}, "e, f"), "a: {b: 1 , c: [x], d: \"e, f\"}\n", ""},
    {"writes_inside_empty_braces", "a: { }\n", set({"a", "d"}, "e"), "a: {d: e }\n", ""},
    {"keeps_a_last_comma", "a: {b: 1,}\n", set({"a", "d"}, "e"), "a: {b: 1, d: e,}\n", ""},
    {"writes_json", "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", set({"a", "user"}, "x"),
     "{\n  \"a\": {\n    \"b\": 1,\n    \"user\": \"x\"\n  }\n}\n", ""},
    {"writes_json_on_one_line", "{\"a\":{}}", set({"a", "l"}, YamlValue::list({"x", yes()})),
     "{\"a\":{\"l\": [\"x\", true]}}", ""},
    {"leaves_comments_in_braces", "a: {\n  b: 1 # one\n  }\n", set({"a", "c"}, "x"),
     "a: {\n  b: 1, # one\n  c: x\n  }\n", ""},
    {"keeps_windows_line_ends", "a:\r\n  b: 1\r\n\r\nc: 2\r\n", set({"a", "l"}, YamlValue::list({"x"})),
     "a:\r\n  b: 1\r\n  l:\r\n    - x\r\n\r\nc: 2\r\n", ""},
    {"keeps_a_byte_order_mark",
     "\xEF\xBB\xBF"
     "a: 1",
     set({"b"}, "x"),
     "\xEF\xBB\xBF"
     "a: 1\nb: x",
     ""},
    {"stays_before_the_next_document", "a: 1\n...\n---\nb: 2\n", set({"c"}, "x"), "a: 1\nc: x\n...\n---\nb: 2\n", ""},
    {"comes_behind_a_literal", "a:\n  b: |\n    x\n      y\n\n\nc: 1\n", set({"a", "d"}, "e"),
     "a:\n  b: |\n    x\n      y\n  d: e\n\n\nc: 1\n", ""},
    {"comes_behind_a_kept_literal", "a:\n  b: |+\n    x\n\n\nc: 1\n", set({"a", "d"}, "e"),
     "a:\n  b: |+\n    x\n\n\n  d: e\nc: 1\n", ""},
    {"comes_behind_a_kept_literal_at_the_end", "a:\n  b: |+\n    x\n\n\n", set({"a", "d"}, "e"),
     "a:\n  b: |+\n    x\n\n\n  d: e\n", ""},
    // A line end more would be the literal's.
    {"refuses_behind_a_kept_literal_that_ends_in_blanks", "a: |+\n  x\n\n ", set({"b"}, "p"), "", "safely"},
    {"comes_behind_quotes_of_several_lines", "a:\n  b: \"x\n    y\" # c\nd: 1\n", set({"a", "e"}, "f"),
     "a:\n  b: \"x\n    y\" # c\n  e: f\nd: 1\n", ""},
    {"overrides_what_is_merged", "b: &b\n  x: 1\na:\n  <<: *b\n", set({"a", "x"}, YamlValue::integer(2)),
     "b: &b\n  x: 1\na:\n  <<: *b\n  x: 2\n", ""},
    {"overrides_what_is_merged_in_braces", "b: &b {x: 1}\na: {<<: *b}\n", set({"a", "x"}, YamlValue::integer(2)),
     "b: &b {x: 1}\na: {x: 2, <<: *b}\n", ""},
    {"edits_an_anchor_nobody_uses", "a: &a\n  b: 1\n", set({"a", "c"}, "x"), "a: &a\n  b: 1\n  c: x\n", ""},
    {"refuses_an_anchor_in_use", "a: &a\n  b: 1\nc: *a\n", set({"a", "c"}, "x"), "", "others use the anchor"},
    {"edits_an_anchor_where_nobody_changes", "a: &a\n  b: 1\nc:\n  <<: *a\n  d: 1\n", set({"a", "d"}, "x"),
     "a: &a\n  b: 1\n  d: x\nc:\n  <<: *a\n  d: 1\n", ""},
    {"refuses_an_anchor_that_is_merged", "a: &a\n  b: 1\nc:\n  <<: *a\n", set({"a", "d"}, "x"), "",
     "others use the anchor"},
    {"refuses_an_anchored_scalar", "a: &a x\nc: *a\n", set({"a"}, "p"), "", "others use the anchor"},
    {"edits_an_anchor_in_use_when_told", "a: &a\n  b: 1\nc: *a\n", set({"a", "c"}, "x", Shared::allow),
     "a: &a\n  b: 1\n  c: x\nc: *a\n", ""},
    {"refuses_inside_an_alias", "a: &a\n  b: 1\nc: *a\n", set({"c", "d"}, "x"), "", "is the alias *a"},
    {"replaces_an_alias", "a: &a\n  b: 1\nc: *a\n", set({"c"}, "x"), "a: &a\n  b: 1\nc: x\n", ""},
    {"copies_what_is_merged_to_set_inside", "b: &b\n  x: {y: 1, w: [q]}\na:\n  <<: *b\n", set({"a", "x", "z"}, "p"),
     "b: &b\n  x: {y: 1, w: [q]}\na:\n  <<: *b\n  x:\n    \"y\": 1\n    w:\n      - q\n    z: p\n", ""},
    {"refuses_to_copy_tags", "b: &b\n  x: {y: !t 1}\na:\n  <<: *b\n", set({"a", "x", "z"}, "1"), "", "merge key"},
    {"refuses_below_a_scalar", "a: 1\n", set({"a", "b"}, "x"), "", "is no mapping"},
    {"refuses_the_question_mark_form", "? a\n: b: 1\n", set({"a"}, "x"), "", "question mark"},
    {"is_nothing_when_so", "a: x\n", set({"a"}, "x"), "a: x\n", ""},
    {"tells_true_from_a_string", "a: \"true\"\n", set({"a"}, yes()), "a: true\n", ""},
    {"parts_top_level_keys", "a:\n  b: 1\n\n# c\nc:\n  d: 1\n", set({"networks", "x"}, YamlValue::map({})),
     "a:\n  b: 1\n\n# c\nc:\n  d: 1\n\nnetworks:\n  x: {}\n", ""},
    {"puts_several_at_one_place", "a:\n  b: 1\n", both(set({"a", "c"}, yes()), append({"a", "l"}, "x")),
     "a:\n  b: 1\n  c: true\n  l:\n    - x\n", ""},
};

const std::vector<Case> kAppend{
    {"indented_list", "a:\n    - x # c\n    # tail\nb: 1\n", append({"a"}, "q"),
     "a:\n    - x # c\n    - q\n    # tail\nb: 1\n", ""},
    {"list_beside_its_key", "a:\n- x\nb: 1\n", append({"a"}, "q"), "a:\n- x\n- q\nb: 1\n", ""},
    {"new_list_as_the_others", "w:\n  a:\n  - x\n  b: 1\n", append({"w", "c"}, "q"),
     "w:\n  a:\n  - x\n  b: 1\n  c:\n  - q\n", ""},
    {"in_brackets", "a: [x, 'q']\n", append({"a"}, "no"), "a: [x, 'q', \"no\"]\n", ""},
    {"in_empty_brackets", "a: []\n", append({"a"}, "q"), "a: [q]\n", ""},
    {"where_nothing_is", "a:\nb: 1\n", append({"a"}, "q"), "a:\n  - q\nb: 1\n", ""},
    {"without_a_final_line_end", "a:\n- x", append({"a"}, "y:z"), "a:\n- x\n- y:z", ""},
    {"equal_item", "a: ['x']\n", append({"a"}, "x"), "a: ['x']\n", ""},
    {"list_in_a_list", "a:\n- - x\n  - q\n- z\n", append({"a", 0}, "w"), "a:\n- - x\n  - q\n  - w\n- z\n", ""},
    {"mapping", "a:\n  - b: 1\n    c: 2\n", append({"a"}, YamlValue::map({{"b", yes()}, {"c", "d: e"}})),
     "a:\n  - b: 1\n    c: 2\n  - b: true\n    c: \"d: e\"\n", ""},
    {"alias", "x: &x [a]\ny: *x\n", append({YamlStep("y")}, "b"), "", "is the alias *x"},
    {"shared_list", "x: &x [a]\ny: *x\n", append({"x"}, "b"), "", "others use the anchor"},
    {"merged_list", "b: &b\n  l: [p, q]\na:\n  <<: *b\n  c: 1\n", append({"a", "l"}, "r"),
     "b: &b\n  l: [p, q]\na:\n  <<: *b\n  c: 1\n  l:\n    - p\n    - q\n    - r\n", ""},
    {"list_inside_what_is_merged", "b: &b\n  m: {l: [p]}\na:\n  <<: *b\n", append({"a", "m", "l"}, "r"),
     "b: &b\n  m: {l: [p]}\na:\n  <<: *b\n  m:\n    l:\n      - p\n      - r\n", ""},
    {"scalar", "a: x\n", append({"a"}, "q"), "", "is no list"},
};

const std::vector<Case> kRemove{
    {"a_line_with_its_comment", "a: 1\n# about b\nb: 2 # two\nc: 3\n", drop({"b"}), "a: 1\n# about b\nc: 3\n", ""},
    {"all_lines_of_a_value", "a:\n  b:\n    # inside\n    - x\n    - q\n  c: 1\n", drop({"a", "b"}), "a:\n  c: 1\n",
     ""},
    {"a_literal", "a: |\n  x\n\nb: 1\n", drop({"a"}), "\nb: 1\n", ""},
    {"an_item", "a:\n  - x\n  # q\n  - q\n  - z\n", drop({"a", 1}), "a:\n  - x\n  # q\n  - z\n", "", true},
    {"the_key_of_the_last_item", "s:\n  w:\n    i: x\n    a:\n      # why\n      - x\n    b: 1\n",
     drop({"s", "w", "a", 0}, 2), "s:\n  w:\n    i: x\n    b: 1\n", ""},
    {"the_last_item_alone", "a:\n  - x # c\nb: 1\n", drop({"a", 0}, 1), "a: []\nb: 1\n", ""},
    {"what_is_left_empty", "w:\n  i: x\n  deploy:\n    resources:\n      limits:\n        memory: 1\n",
     drop({"w", "deploy", "resources", "limits", "memory"}, 1), "w:\n  i: x\n", ""},
    {"the_first_key_of_an_item", "a:\n  - b: 1\n    # about c\n    c: 2\n", drop({"a", 0, "b"}),
     "a:\n  - # about c\n    c: 2\n", ""},
    {"a_mapping_of_a_list", "a:\n  - b: 1\n    c: 2\n  - d: 3\n", drop({"a", 0}), "a:\n  - d: 3\n", "", true},
    {"the_last_line_without_end", "a: 1\nb: 2", drop({"b"}), "a: 1", ""},
    {"the_first_in_braces", "a: {b: 1, c: 2}\n", drop({"a", "b"}), "a: {c: 2}\n", ""},
    {"the_last_in_braces", "a: {b: 1, c: 2 }\n", drop({"a", "c"}), "a: {b: 1 }\n", ""},
    {"the_only_in_brackets", "a: [x]\nb: 1\n", drop({"a", 0}, 3), "a: []\nb: 1\n", ""},
    {"a_line_of_json", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", drop({"b"}), "{\n  \"a\": 1\n}\n", ""},
    {"the_first_line_of_json", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", drop({"a"}), "{\n  \"b\": 2\n}\n", ""},
    {"windows_lines", "a: 1\r\nb: 2\r\nc: 3\r\n", drop({"b"}), "a: 1\r\nc: 3\r\n", ""},
    {"under_a_byte_order_mark",
     "\xEF\xBB\xBF"
     "a: 1\nb: 2\n",
     drop({"a"}),
     "\xEF\xBB\xBF"
     "b: 2\n",
     ""},
    {"an_alias", "a: &a [1]\nb: *a\nc: 1\n", drop({"b"}), "a: &a [1]\nc: 1\n", ""},
    {"an_anchor_in_use", "a: &a [1]\nb: *a\n", drop({"a"}, 1, Shared::allow), "", "&a in it is used"},
    {"what_is_merged", "b: &b\n  x: 1\na:\n  <<: *b\n", drop({"a", "x"}), "", "merge key"},
    {"what_overrides", "b: &b\n  x: 1\na:\n  <<: *b\n  x: 2\n  y: 1\n", drop({"a", "y"}),
     "b: &b\n  x: 1\na:\n  <<: *b\n  x: 2\n", ""},
    {"what_is_merged_then", "b: &b {x: 1}\na:\n  <<: *b\n  x: 2\n  c: 1\n", drop({"a", "x"}),
     "b: &b {x: 1}\na:\n  <<: *b\n  c: 1\n", "", true},
    {"what_others_merge", "b: &b\n  x: 1\n  c: 1\na:\n  <<: *b\n", drop({"b", "x"}), "", "others use the anchor"},
    {"inside_an_anchor", "a: &a\n  x: 1\n  y: 2\nb: *a\n", drop({"a", "x"}, 1, Shared::allow), "a: &a\n  y: 2\nb: *a\n",
     ""},
    {"nothing", "a: 1\n", drop({"b"}), "a: 1\n", ""},
};

std::string name_of(const testing::TestParamInfo<Case>& info) { return std::string(info.param.name); }

INSTANTIATE_TEST_SUITE_P(Set, YamlEdit, testing::ValuesIn(kSet), name_of);
INSTANTIATE_TEST_SUITE_P(Append, YamlEdit, testing::ValuesIn(kAppend), name_of);
INSTANTIATE_TEST_SUITE_P(Remove, YamlEdit, testing::ValuesIn(kRemove), name_of);

TEST(YamlEditor, EditsTheDocumentAtAnOffset) {
  const std::string text = "a: 1\n---\na: 2\n";
  auto editor = YamlEditor::open(Source{"x.yaml", text, 1, false}, 11);
  ASSERT_TRUE(editor);
  ASSERT_TRUE(editor->set({"b"}, "x"));
  EXPECT_EQ(editor->text(), "a: 1\n---\na: 2\nb: x\n");
}

TEST(YamlEditor, AppendsADocument) {
  auto editor = YamlEditor::open(Source{"x.yaml", "a:\n- 1", 1, false});
  ASSERT_TRUE(editor);
  ASSERT_TRUE(editor->append_document(YamlValue::map({{"kind", "x"}, {"l", YamlValue::list({"q"})}})));
  EXPECT_EQ(editor->text(), "a:\n- 1\n---\nkind: x\nl:\n- q\n");
}

TEST(YamlEditor, GivesOneEditPerPlace) {
  const std::string text = "a:\n  b: 1\n  c: 2\nd: 3\n";
  auto editor = YamlEditor::open(Source{"x.yaml", text, 1, false});
  ASSERT_TRUE(editor);
  ASSERT_TRUE(editor->set({"a", "e"}, "x1"));
  ASSERT_TRUE(editor->append({"a", "f"}, "q"));
  ASSERT_TRUE(editor->append({"a", "f"}, "z"));
  ASSERT_TRUE(editor->remove({"a", "b"}));
  const auto edits = editor->edits();
  ASSERT_EQ(edits.size(), 2U);
  EXPECT_EQ(edits[0].span.begin, 3U);
  EXPECT_EQ(edits[0].span.end, 10U);
  EXPECT_EQ(edits[1].text, "\n  e: x1\n  f:\n    - q\n    - z");
}

TEST(YamlEditor, FindsThePathOfBytes) {
  const std::string text = "a:\n  b:\n    - x\n    - {c: dd}\n";
  auto editor = YamlEditor::open(Source{"x.yaml", text, 1, false});
  ASSERT_TRUE(editor);
  const auto at = [&](std::string_view word) {
    const auto begin = static_cast<std::uint32_t>(text.find(word));
    const auto path = editor->path_of({begin, begin + static_cast<std::uint32_t>(word.size()), 1, 1, 1, 1});
    return path ? to_string(*path) : "none";
  };
  EXPECT_EQ(at("x"), "a.b[0]");
  EXPECT_EQ(at("b:"), "a.b");
  EXPECT_EQ(at("dd"), "a.b[1].c");
  EXPECT_EQ(at("{c: dd}"), "a.b[1]");
  // Also when bytes before it have come.
  ASSERT_TRUE(editor->remove({"a", "b", 0}));
  EXPECT_EQ(at("dd"), "a.b[0].c");
  EXPECT_EQ(at("x"), "none");
}

TEST(YamlEditor, RefusesWhatIsNoYaml) {
  EXPECT_FALSE(YamlEditor::open(Source{"x.yaml", "a: [", 1, false}));
  EXPECT_FALSE(YamlEditor::open(Source{"x.yaml", "", 1, false}));
}

}  // namespace
}  // namespace oakum::fix
