#include "fix/kit/yaml_edit.h"

#include <algorithm>

#include "fix/kit/text.h"
#include "fix/kit/yaml_edit_check.h"
#include "fix/kit/yaml_edit_place.h"
#include "fix/kit/yaml_edit_plan.h"

namespace oakum::fix {

namespace {

using yaml::Member;
using yaml::Node;
using yaml_edit::Planned;
using yaml_edit::Trail;
using yaml_edit::View;

bool holds(std::size_t begin, std::size_t end, std::size_t first, std::size_t last) {
  return begin <= first && last <= end;
}

// The child that holds these bytes; nullptr when none does.
const Node* step_into(std::string_view text, const Node& node, std::size_t begin, std::size_t end, YamlPath& path) {
  if (!node.alias.empty()) return nullptr;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (!holds(node.items[i].span.begin, yaml_edit::value_end(text, node.items[i]), begin, end)) continue;
    path.emplace_back(i);
    return &node.items[i];
  }
  for (const Member& member : node.members) {
    if (!yaml_edit::is_own(member)) continue;
    if (!holds(member.key_span.begin, yaml_edit::member_end(text, member), begin, end)) continue;
    path.emplace_back(member.key);
    return &member.value;
  }
  return nullptr;
}

// The parser bounds the depth.
void find_anchor(const Node& node, std::string_view name, YamlPath& path, std::optional<YamlPath>& found) {
  if (!node.alias.empty()) return;
  if (node.anchor.view() == name) found = path;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    path.emplace_back(i);
    find_anchor(node.items[i], name, path, found);
    path.pop_back();
  }
  for (const Member& member : node.members) {
    if (!yaml_edit::is_own(member)) continue;
    path.emplace_back(member.key);
    find_anchor(member.value, name, path, found);
    path.pop_back();
  }
}

// Can it be written out a second time?
bool is_small_and_plain(const Node& node, std::size_t& left) {
  if (left == 0 || !node.tag.empty()) return false;
  --left;
  return std::ranges::all_of(node.items, [&](const Node& item) { return is_small_and_plain(item, left); }) &&
         std::ranges::all_of(node.members,
                             [&](const Member& member) { return is_small_and_plain(member.value, left); });
}

// The member of that name, made when it is missing; nullptr where there can be none.
YamlValue* step_into(YamlValue& value, const YamlStep& step) {
  if (step.index) return *step.index < value.items.size() ? &value.items[*step.index] : nullptr;
  if (value.kind == YamlValue::Kind::plain && to_node(value).is_null()) value = YamlValue::map({});
  if (value.kind != YamlValue::Kind::mapping) return nullptr;
  const auto found = std::ranges::find(value.members, step.key, &std::pair<std::string, YamlValue>::first);
  if (found != value.members.end()) return &found->second;
  return &value.members.emplace_back(step.key, YamlValue::plain("null")).second;
}

}  // namespace

std::string to_string(const YamlPath& path) {
  std::string result;
  for (const YamlStep& step : path) {
    if (step.index) {
      result += "[" + std::to_string(*step.index) + "]";
    } else {
      result += (result.empty() ? "" : ".") + step.key;
    }
  }
  return result;
}

std::expected<YamlEditor, Refusal> YamlEditor::open(const Source& source, std::size_t offset) {
  YamlEditor editor;
  editor.source_ = source.number;
  auto documents = yaml::parse_all(source.name, source.text);
  if (!documents) return refuse("it cannot be read: " + documents.error().message());
  editor.pieces_ = Pieces(source.text);
  editor.documents_ = std::move(*documents);
  const auto found = std::ranges::find_if(editor.documents_.spans,
                                          [&](const Span& span) { return span.begin <= offset && offset <= span.end; });
  if (found == editor.documents_.spans.end()) return refuse("\"" + source.name + "\" has no document there");
  // Of two that touch there, the later.
  const auto next = std::next(found);
  const bool later = next != editor.documents_.spans.end() && next->begin == offset;
  editor.document_ = static_cast<std::size_t>(found - editor.documents_.spans.begin()) + (later ? 1U : 0U);
  return editor;
}

YamlEditor::Done YamlEditor::apply(std::expected<std::vector<Splice>, Refusal> splices, Node wanted, Shared shared,
                                   std::string_view anchor, const YamlPath& removed) {
  if (!splices) return std::unexpected(std::move(splices.error()));
  constexpr const char* kOdd = "the text is written in a way that cannot be edited safely: do it by hand";
  const auto text = pieces_.preview(*splices);
  auto documents = text ? yaml::parse_all("", *text) : std::unexpected(Error{});
  if (!documents || documents->roots.size() != documents_.roots.size()) return refuse(kOdd);
  for (std::size_t i = 0; i < documents->roots.size(); ++i) {
    if (!yaml_edit::same_text(i == document_ ? wanted : documents_.roots[i], documents->roots[i])) return refuse(kOdd);
  }
  if (shared == Shared::refuse) {
    const Node& is = documents->roots[document_];
    yaml_edit::adopt_merged(wanted, is, removed);
    if (!yaml_edit::same_meaning(wanted, is)) {
      if (anchor.empty()) return refuse(kOdd);
      return refuse("others use the anchor &" + std::string(anchor) + ": they would change too");
    }
  }
  pieces_.apply(*splices);
  documents_ = std::move(*documents);
  return {};
}

YamlEditor::Done YamlEditor::set_in_copy(const Node& merged, const YamlPath& path, std::size_t steps,
                                         const YamlValue& value, Shared shared) {
  std::size_t left = kMaxCopied;
  if (!is_small_and_plain(merged, left))
    return refuse("\"" + to_string(path) + "\" comes through a merge key: change it where the anchor is");
  YamlValue copy = to_value(merged);
  YamlValue* at = &copy;
  for (std::size_t i = steps; i < path.size(); ++i) {
    at = step_into(*at, path[i]);
    if (at == nullptr) return refuse("\"" + to_string(path) + "\" cannot be set: there is no mapping to put it in");
  }
  if (*at == value) return {};
  *at = value;
  return set(YamlPath(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(steps)), copy, shared);
}

YamlEditor::Done YamlEditor::set(const YamlPath& path, const YamlValue& value, Shared shared) {
  const View view{pieces_.text(), root()};
  const auto trail = yaml_edit::walk(view, path);
  if (!trail) return std::unexpected(trail.error());
  if (trail->merged != nullptr && trail->steps() + 1 < path.size())
    return set_in_copy(*trail->merged, path, trail->steps() + 1, value, shared);
  if (trail->steps() == path.size() && yaml_edit::is_value(*trail->nodes.back(), value)) return {};
  Node wanted = root();
  yaml_edit::expect_set(wanted, path, value);
  return apply(yaml_edit::plan_set(view, *trail, path, value), std::move(wanted), shared, trail->anchor);
}

YamlEditor::Done YamlEditor::append(const YamlPath& path, const YamlValue& item, Shared shared) {
  const View view{pieces_.text(), root()};
  const auto trail = yaml_edit::walk(view, path);
  if (!trail) return std::unexpected(trail.error());
  const auto has = [&](const Node& list) {
    // A scalar is there in whatever quotes.
    return std::ranges::any_of(list.items, [&](const Node& one) {
      return yaml_edit::is_value(one, item) ||
             (item.is_scalar() && one.kind == Node::Kind::scalar && one.scalar == item.text);
    });
  };
  if (trail->merged != nullptr) {
    const Node* merged = find(path);
    if (merged != nullptr && merged->kind != Node::Kind::sequence)
      return refuse("\"" + to_string(path) + "\" is no list");
    if (merged != nullptr && has(*merged)) return {};
    YamlValue all = merged == nullptr ? YamlValue::list({}) : to_value(*merged);
    all.items.push_back(item);
    return set(path, all, shared);
  }
  const Node& node = *trail->nodes.back();
  if (trail->steps() < path.size() || (node.is_null() && node.alias.empty()))
    return set(path, YamlValue::list({item}), shared);
  if (node.kind != Node::Kind::sequence) return refuse("\"" + to_string(path) + "\" is no list");
  if (has(node)) return {};
  if (!node.alias.empty()) {
    return refuse("\"" + to_string(path) + "\" is the alias *" + std::string(node.alias.view()) +
                  ": change what stands at its anchor, or write it out here");
  }
  Node wanted = root();
  Node* list = &wanted;
  for (const YamlStep& step : path)
    list = step.index ? &list->items[*step.index] : &std::ranges::find(list->members, step.key, &Member::key)->value;
  list->items.push_back(to_node(item));
  return apply(yaml_edit::plan_append(view, *trail, item), std::move(wanted), shared, trail->anchor);
}

YamlEditor::Done YamlEditor::remove(const YamlPath& path, std::size_t keep, Shared shared) {
  if (find(path) == nullptr) return {};
  const View view{pieces_.text(), root()};
  const auto trail = yaml_edit::walk(view, path);
  if (!trail) return std::unexpected(trail.error());
  if (trail->merged != nullptr)
    return refuse("\"" + to_string(path) + "\" comes through a merge key: change it where the anchor is");
  if (path.empty() || trail->steps() < path.size()) return {};
  std::size_t steps = path.size();
  const auto is_only = [&](std::size_t at) {
    const Node& parent = *trail->nodes[at - 1];
    return parent.items.size() + parent.members.size() == 1;
  };
  // `deploy.resources.limits` goes with its last member.
  while (steps > keep && steps > 1 && is_only(steps) && steps - 1 > keep) --steps;
  Node wanted = root();
  if (is_only(steps) && trail->nodes[steps - 1]->style != Node::Style::flow) {
    if (steps == 1) return refuse("nothing else is in the document");
    const YamlPath parent(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(steps - 1));
    const bool list = path[steps - 1].index.has_value();
    return set(parent, list ? YamlValue::list({}) : YamlValue::map({}), shared);
  }
  yaml_edit::expect_removed(wanted, path, steps);
  const YamlPath removed(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(steps));
  return apply(yaml_edit::plan_remove(view, *trail, steps), std::move(wanted), shared, trail->anchor, removed);
}

YamlEditor::Done YamlEditor::append_document(const YamlValue& value) {
  const std::string& text = pieces_.text();
  const std::string_view line_end = line_end_of(text);
  yaml_edit::View view{text, root()};
  std::string added;
  if (!text.empty() && !text.ends_with('\n')) added += line_end;
  added.append("---").append(line_end);
  added += block_text(value, 0, yaml_edit::manner_of(view, root()));
  added += line_end;
  std::vector<Splice> splices{{text.size(), text.size(), std::move(added)}};
  const auto result = pieces_.preview(splices);
  auto documents = result ? yaml::parse_all("", *result) : std::unexpected(Error{});
  if (!documents || documents->roots.size() != documents_.roots.size() + 1 ||
      !yaml_edit::is_value(documents->roots.back(), value))
    return refuse("no document can be put behind the text");
  pieces_.apply(splices);
  documents_ = std::move(*documents);
  return {};
}

const Node* YamlEditor::find(const YamlPath& path) const {
  const Node* node = &root();
  for (const YamlStep& step : path) {
    if (step.index) {
      if (*step.index >= node->items.size()) return nullptr;
      node = &node->items[*step.index];
    } else {
      node = node->find(step.key);
      if (node == nullptr) return nullptr;
    }
  }
  return node;
}

std::optional<YamlPath> YamlEditor::path_of(const Span& span) const {
  const auto begin = pieces_.now(span.begin);
  const auto last = span.end > span.begin ? pieces_.now(span.end - 1) : begin;
  if (!begin || !last) return std::nullopt;
  const std::size_t end = span.end > span.begin ? *last + 1 : *begin;
  YamlPath path;
  const Node* node = &root();
  while ((node = step_into(pieces_.text(), *node, *begin, end, path)) != nullptr) {
  }
  if (path.empty()) return std::nullopt;
  return path;
}

std::optional<YamlPath> YamlEditor::path_of_anchor(std::string_view name) const {
  std::optional<YamlPath> found;
  YamlPath path;
  find_anchor(root(), name, path, found);
  return found;
}

std::vector<Edit> YamlEditor::edits() const { return pieces_.edits(source_); }

}  // namespace oakum::fix
