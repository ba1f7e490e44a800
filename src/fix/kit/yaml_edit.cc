#include "fix/kit/yaml_edit.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "fix/kit/text.h"
#include "fix/kit/yaml_edit_check.h"
#include "fix/kit/yaml_edit_patch.h"
#include "fix/kit/yaml_edit_place.h"
#include "fix/kit/yaml_edit_plan.h"
#include "fix/kit/yaml_edit_window.h"

namespace oakum::fix {

namespace {

using yaml::Member;
using yaml::Node;
using yaml_edit::Planned;
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

constexpr const char* kOdd = "the text is written in a way that cannot be edited safely: do it by hand";

// The path as it is when nothing but what the window holds is there.
YamlPath within(const yaml_edit::Window& window, const YamlPath& path) {
  YamlPath rest(path.begin() + static_cast<std::ptrdiff_t>(window.steps) - 1, path.end());
  if (rest.front().index) rest.front().index = 0;
  return rest;
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

YamlEditor::YamlEditor(ParsedPointer opened, std::size_t document)
    : opened_(std::move(opened)),
      document_(document),
      pieces_({opened_, &opened_->source.text}),
      documents_(opened_, &opened_->documents) {}

std::expected<YamlEditor, Refusal> YamlEditor::open(const Source& source, std::size_t offset) {
  return open(parse_text(source), offset);
}

std::expected<YamlEditor, Refusal> YamlEditor::open(const Result<ParsedPointer>& parsed, std::size_t offset) {
  if (!parsed) return refuse("it cannot be read: " + parsed.error().message());
  const std::vector<Span>& spans = (*parsed)->documents.spans;
  const auto found =
      std::ranges::find_if(spans, [&](const Span& span) { return span.begin <= offset && offset <= span.end; });
  if (found == spans.end()) return refuse("\"" + (*parsed)->source.name + "\" has no document there");
  // Of two that touch there, the later.
  const auto next = std::next(found);
  const bool later = next != spans.end() && next->begin == offset;
  return YamlEditor(*parsed, static_cast<std::size_t>(found - spans.begin()) + (later ? 1U : 0U));
}

const yaml::Documents& YamlEditor::documents() const {
  if (patch_ == nullptr) return *documents_;
  auto now = std::make_shared<yaml::Documents>(*documents_);
  const bool good = yaml_edit::apply_patch(*now, document_, *patch_);
  patch_.reset();
  if (!good) {
    auto read = yaml::parse_all("", pieces_.text());
    if (!read || read->roots.size() <= document_) return *documents_;  // cannot be: its changed part was read
    *now = std::move(*read);
  }
  documents_ = std::move(now);
  return *documents_;
}

std::shared_ptr<const yaml_edit::Patch> YamlEditor::read_lines(const std::vector<Splice>& splices,
                                                               const std::string& after,
                                                               const Operation& operation) const {
  // Others that use an anchor may not be able to do so any more.
  if (!opened_->has_plain_parts || !operation.trail.anchor.empty()) return nullptr;
  const std::string& before = pieces_.text();
  const auto window = yaml_edit::find_window(before, operation.trail, splices, documents().spans[document_]);
  if (!window) return nullptr;
  const auto [steps, begin, end] = *window;
  const auto more = static_cast<std::ptrdiff_t>(after.size()) - static_cast<std::ptrdiff_t>(before.size());
  const std::string_view old_lines = std::string_view(before).substr(begin, end - begin);
  const std::string_view lines = std::string_view(after).substr(begin, end - begin + after.size() - before.size());
  // Else what follows would come onto the last line.
  if (end != before.size() && !lines.ends_with('\n')) return nullptr;
  Node wanted = yaml_edit::only(operation.trail, *window);
  operation.expect(wanted, within(*window, operation.path));
  auto now = yaml_edit::read(lines, steps, wanted);
  if (!now) return nullptr;
  const YamlPath& path = operation.path;
  return std::make_shared<const yaml_edit::Patch>(
      yaml_edit::Patch{.path = {path.begin(), path.begin() + static_cast<std::ptrdiff_t>(steps)},
                       .begin = begin,
                       .end = end,
                       .more_bytes = more,
                       .more_lines = std::ranges::count(lines, '\n') - std::ranges::count(old_lines, '\n'),
                       .now = std::move(*now)});
}

std::expected<yaml::Documents, Refusal> YamlEditor::read_all(const std::string& after,
                                                             const Operation& operation) const {
  const std::vector<Node>& before = documents().roots;
  auto read = yaml::parse_all("", after);
  if (!read || read->roots.size() != before.size()) return refuse(kOdd);
  Node wanted = before[document_];
  operation.expect(wanted, operation.path);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!yaml_edit::same_text(i == document_ ? wanted : before[i], read->roots[i])) return refuse(kOdd);
  }
  if (operation.shared == Shared::allow) return std::move(*read);
  const Node& is = read->roots[document_];
  if (operation.removes) yaml_edit::adopt_merged(wanted, is, operation.path);
  if (yaml_edit::same_meaning(wanted, is)) return std::move(*read);
  const std::string_view anchor = operation.trail.anchor;
  return refuse(anchor.empty() ? kOdd : "others use the anchor &" + std::string(anchor) + ": they would change too");
}

YamlEditor::Done YamlEditor::apply(std::expected<std::vector<Splice>, Refusal> splices, const Operation& operation) {
  if (!splices) return std::unexpected(std::move(splices.error()));
  const auto after = pieces_.preview(*splices);
  if (!after) return refuse(kOdd);
  if (auto patch = read_lines(*splices, *after, operation)) {
    patch_ = std::move(patch);
  } else {
    auto read = read_all(*after, operation);
    if (!read) return std::unexpected(std::move(read.error()));
    documents_ = std::make_shared<const yaml::Documents>(std::move(*read));
  }
  pieces_.apply(*splices);
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
  const auto expect = [&](Node& tree, const YamlPath& to) { yaml_edit::expect_set(tree, to, value); };
  return apply(yaml_edit::plan_set(view, *trail, path, value), {*trail, path, expect, shared});
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
  const auto expect = [&](Node& tree, const YamlPath& to) { yaml_edit::expect_appended(tree, to, item); };
  return apply(yaml_edit::plan_append(view, *trail, item), {*trail, path, expect, shared});
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
  if (is_only(steps) && trail->nodes[steps - 1]->style != Node::Style::flow) {
    if (steps == 1) return refuse("nothing else is in the document");
    const YamlPath parent(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(steps - 1));
    const bool list = path[steps - 1].index.has_value();
    return set(parent, list ? YamlValue::list({}) : YamlValue::map({}), shared);
  }
  const YamlPath removed(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(steps));
  return apply(yaml_edit::plan_remove(view, *trail, steps), {*trail, removed, yaml_edit::expect_removed, shared, true});
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
  auto read = result ? yaml::parse_all("", *result) : std::unexpected(Error{});
  if (!read || read->roots.size() != documents().roots.size() + 1 || !yaml_edit::is_value(read->roots.back(), value))
    return refuse("no document can be put behind the text");
  pieces_.apply(splices);
  documents_ = std::make_shared<const yaml::Documents>(std::move(*read));
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

std::vector<Edit> YamlEditor::edits() const { return pieces_.edits(opened_->source.number); }

}  // namespace oakum::fix
