// A text and an operation on it, both from the input: whatever is not refused must have done exactly that. The editor
// checks the tree itself; here the tree is compared by its values alone, and the bytes by what the edits leave.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fix/kit/text.h"
#include "fix/kit/yaml_edit.h"

namespace {

using oakum::Source;
using oakum::fix::YamlEditor;
using oakum::fix::YamlPath;
using oakum::fix::YamlValue;
using oakum::yaml::Node;

void expect(bool good) {
  if (!good) std::abort();
}

// Bytes that say what to do, taken off the front.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}
  std::size_t below(std::size_t limit) {
    if (bytes_.empty() || limit == 0) return 0;
    const auto byte = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return byte % limit;
  }

 private:
  std::string_view bytes_;
};

// A walk down the tree that stops somewhere.
YamlPath path_in(const Node& root, Choices& choices) {
  YamlPath path;
  const Node* node = &root;
  while (choices.below(4) != 0) {
    if (!node->items.empty()) {
      const std::size_t i = choices.below(node->items.size());
      path.emplace_back(i);
      node = &node->items[i];
    } else if (!node->members.empty()) {
      const auto& member = node->members[choices.below(node->members.size())];
      path.emplace_back(member.key);
      node = &member.value;
    } else {
      break;
    }
  }
  return path;
}

YamlValue value_of(Choices& choices) {
  const YamlValue scalars[] = {"x", "yes", "a: b", "1", "", "it's\n", YamlValue::integer(5), YamlValue::boolean(false)};
  const YamlValue& one = scalars[choices.below(std::size(scalars))];
  switch (choices.below(5)) {
    case 0:
      return YamlValue::list({one, YamlValue::map({{"k", one}, {"l", YamlValue::list({"y"})}})});
    case 1:
      return YamlValue::map({{"k", YamlValue::map({{"no", one}})}, {"l", YamlValue::list({})}});
    default:
      return one;
  }
}

bool is(const Node& node, const YamlValue& value) {
  switch (value.kind) {
    case YamlValue::Kind::plain:
      return node.scalar == value.text && node.style == Node::Style::plain;
    case YamlValue::Kind::string:
      return node.kind == Node::Kind::scalar && node.scalar == value.text;
    case YamlValue::Kind::sequence:
      return node.kind == Node::Kind::sequence && std::ranges::equal(node.items, value.items, is);
    case YamlValue::Kind::mapping:
      break;
  }
  return node.kind == Node::Kind::mapping &&
         std::ranges::equal(node.members, value.members, [](const auto& member, const auto& pair) {
           return member.key == pair.first && is(member.value, pair.second);
         });
}

// The editor changes its tree where the text changed: it must be the very tree that reading all of the text gives.
bool same(const Node& a, const Node& b) {
  return a.kind == b.kind && a.style == b.style && a.scalar == b.scalar && a.span == b.span && a.merged == b.merged &&
         a.tag.view() == b.tag.view() && a.anchor.view() == b.anchor.view() && a.alias.view() == b.alias.view() &&
         std::ranges::equal(a.items, b.items, same) &&
         std::ranges::equal(a.members, b.members, [](const auto& x, const auto& y) {
           return x.key == y.key && x.key_span == y.key_span && same(x.value, y.value);
         });
}

struct Operation {
  YamlPath path;
  YamlValue value;
  std::size_t kind;
  YamlEditor::Done on(YamlEditor& editor) const {
    if (kind == 0) return editor.set(path, value);
    if (kind == 1) return editor.append(path, value);
    return editor.remove(path, kind - 2);
  }
  void check(const YamlEditor& editor) const {
    const Node* node = editor.find(path);
    if (kind == 0) expect(node != nullptr && is(*node, value));
    if (kind == 1) {
      expect(node != nullptr && std::ranges::any_of(node->items, [&](const Node& item) {
               return is(item, value) || (value.is_scalar() && item.scalar == value.text);
             }));
    }
    // A merge key may bring the removed key again; an item that goes makes room for the next.
    if (kind > 1 && !path.empty() && repeats()) expect(node == nullptr || node->merged);
  }
  bool repeats() const {
    return kind < 2 || std::ranges::none_of(path, [](const auto& step) { return step.index.has_value(); });
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t head = std::min<std::size_t>(12, size);
  Choices choices(input.substr(0, head));
  const std::string text(input.substr(head));
  auto editor = YamlEditor::open(Source{"x.yaml", text, 0, false});
  if (!editor) return 0;
  Operation operation{{}, value_of(choices), choices.below(5)};
  operation.path = path_in(editor->root(), choices);
  if (operation.kind == 0 && choices.below(2) == 0) {
    operation.path.emplace_back("new");
    operation.path.emplace_back("on");
  }
  if (!operation.on(*editor)) {
    expect(!editor->changed() && editor->text() == text);
    return 0;
  }
  const auto after = oakum::fix::apply_edits(text, editor->edits());
  expect(after.has_value() && *after == editor->text());
  auto again = YamlEditor::open(Source{"x.yaml", *after, 0, false});
  expect(again.has_value() && same(editor->root(), again->root()));
  operation.check(*again);
  if (operation.repeats() && operation.on(*again)) expect(!again->changed());
  return 0;
}
