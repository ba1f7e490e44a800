#include "fix/write/manifest.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "fix/kit/yaml_path.h"

namespace oakum::fix {

namespace {

using yaml::Node;

// A line "---" is nothing but the begin of a document: YAML 1.2.2 section 9.1.2 allows it nowhere else.
bool is_marker(std::string_view text, std::size_t line) {
  return text.substr(line, 3) == "---" &&
         (line + 3 >= text.size() || text.find_first_of(" \t\r\n", line + 3) == line + 3);
}

std::size_t document_begin(std::string_view text, std::size_t offset) {
  for (std::size_t at = text.rfind("\n---", offset); at != std::string_view::npos && at > 0;
       at = text.rfind("\n---", at - 1)) {
    if (is_marker(text, at + 1)) return at + 1;
  }
  return 0;
}

std::size_t document_end(std::string_view text, std::size_t offset) {
  for (std::size_t at = text.find("\n---", offset); at != std::string_view::npos; at = text.find("\n---", at + 1)) {
    if (is_marker(text, at + 1)) return at + 1;
  }
  return text.size();
}

// The same keys, perhaps other numbers: items move up when others before them go.
bool same_keys(const YamlPath& a, const YamlPath& b) {
  return std::ranges::equal(a, b, [](const YamlStep& x, const YamlStep& y) {
    return x.index.has_value() == y.index.has_value() && (x.index || x.key == y.key);
  });
}

bool is_below(const YamlPath& path, const YamlPath& above) {
  return above.size() < path.size() && same_keys({path.begin(), path.begin() + std::ssize(above)}, above);
}

// Of an object in a list the paths of scalars begin at the object.
bool ends_so(const YamlPath& path, const YamlPath& end) {
  return end.size() < path.size() && same_keys({path.end() - std::ssize(end), path.end()}, end);
}

bool leads_through_alias(const Node& root, const YamlPath& path) {
  const Node* node = &root;
  for (const YamlStep& step : path) {
    if (!node->alias.empty()) return true;
    const bool there = step.index && *step.index < node->items.size();
    node = there ? &node->items[*step.index] : node->find(step.key);
    if (node == nullptr) return false;
  }
  return !node->alias.empty();
}

// Paths that grow too long are cut short when they are read.
bool is_cut(const Origin& at, const YamlPath& read, const YamlPath& written) {
  constexpr std::size_t kLongest = 400;
  return at.node.size() + written[read.size()].key.size() > kLongest;
}

// Collections that are never left empty: one of these always stays.
bool is_lasting(const Node& node) {
  constexpr std::string_view kStaying[] = {"apiVersion", "containers", "image", "kind", "name"};
  return std::ranges::any_of(kStaying, [&](std::string_view key) { return node.find(key) != nullptr; });
}

const Node* child_at(const Node& node, std::size_t at) {
  const auto holds = [at](const Node& child) {
    return child.span.begin <= at && at < child.span.end && child.alias.empty() && !child.merged;
  };
  for (const Node& item : node.items) {
    if (holds(item)) return &item;
  }
  for (const yaml::Member& member : node.members) {
    if (holds(member.value)) return &member.value;
  }
  return nullptr;
}

// The first byte of the smallest collection around `at`, where it could be left empty; else `at`. The bytes of an item
// begin behind its dash: the dash is the list's.
std::size_t collection_begin(const Node& root, std::size_t at) {
  const Node* smallest = &root;
  for (const Node* node = &root; node != nullptr; node = child_at(*node, at)) {
    if (!node->items.empty() || !node->members.empty()) smallest = node;
  }
  const bool block = smallest->style == Node::Style::block;
  return block && !is_lasting(*smallest) ? std::min<std::size_t>(at, smallest->span.begin) : at;
}

}  // namespace

std::expected<ManifestEditor, Refusal> ManifestEditor::open(ParsedTexts& texts, const oakum::Source& source,
                                                            std::size_t offset) {
  const std::string_view text = source.text;
  const std::size_t begin = document_begin(text, std::min(offset, text.size()));
  const std::size_t end = document_end(text, std::min(offset, text.size()));
  auto yaml = YamlEditor::open(texts.part(source, begin, end), offset - begin);
  if (!yaml) return std::unexpected(std::move(yaml.error()));
  ManifestEditor editor(std::move(*yaml));
  editor.begin_ = static_cast<std::uint32_t>(begin);
  editor.line_ = static_cast<std::uint32_t>(std::ranges::count(text.substr(0, begin), '\n'));
  return editor;
}

YamlPath ManifestEditor::place_of(const Origin& at) const {
  const Source& opened = yaml_.opened().source;
  if (at.source != opened.number || at.span.begin < begin_ || at.span.end > begin_ + opened.text.size()) return {};
  Span span = at.span;
  span.begin -= begin_;
  span.end -= begin_;
  auto written = yaml_.path_of(span);
  auto read = parse_path(at.node);
  if (!written) return {};
  if (read && leads_through_alias(yaml_.root(), *read)) return *read;
  if (!read || same_keys(*read, *written) || ends_so(*written, *read)) return *written;
  if (is_below(*written, *read)) {  // a collection: what is written at its bytes is the deepest part of it
    if (!is_cut(at, *read, *written)) written->resize(read->size(), YamlStep(0));
    return *written;
  }
  return yaml_.find(*read) != nullptr ? *read : *written;
}

std::optional<Span> ManifestEditor::key_of(const YamlPath& path) const {
  const Node* node = &yaml_.opened_root();
  const yaml::Member* member = nullptr;
  for (const YamlStep& step : path) {
    if (!node->alias.empty()) return std::nullopt;
    member = step.index ? nullptr : node->member(step.key);
    if (step.index && *step.index < node->items.size()) {
      node = &node->items[*step.index];
    } else if (member != nullptr && !member->value.merged) {
      node = &member->value;
    } else {
      return std::nullopt;
    }
  }
  if (member == nullptr) return std::nullopt;
  return in_source(member->key_span);
}

Span ManifestEditor::in_source(Span span) const {
  span.begin += begin_;
  span.end += begin_;
  span.line += line_;
  span.end_line += line_;
  return span;
}

std::vector<Edit> ManifestEditor::edits() const {
  const std::string& text = yaml_.opened().source.text;
  std::vector<Edit> edits = yaml_.edits();
  for (Edit& edit : edits) {
    if (!edit.text.empty()) continue;
    const std::size_t first = std::min<std::size_t>(text.find_first_not_of(" \t\r\n", edit.span.begin), text.size());
    const std::size_t from = collection_begin(yaml_.opened_root(), first);
    const bool meets = std::ranges::any_of(
        edits, [&](const Edit& other) { return other.span.end >= from && other.span.begin < edit.span.begin; });
    if (from >= edit.span.begin || meets) continue;
    edit.text = text.substr(from, edit.span.begin - from);
    edit.span.begin = static_cast<std::uint32_t>(from);
  }
  const LineIndex lines(text);
  for (Edit& edit : edits) edit.span = in_source(lines.span(edit.span.begin, edit.span.end));
  return edits;
}

}  // namespace oakum::fix
