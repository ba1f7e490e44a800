#include "yaml/builder.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/text.h"

namespace oakum::yaml {

namespace {

constexpr std::size_t kUsualSize = 4;

bool is_null_word(std::string_view word) {
  return word.empty() || word == "~" || word == "null" || word == "Null" || word == "NULL";
}

// Depth is bounded by kMaxDepth where trees grow.
std::size_t scalar_bytes(const Node& node) {
  std::size_t result = node.scalar.size();
  for (const Node& item : node.items) result += scalar_bytes(item);
  for (const Member& member : node.members) result += member.key.size() + scalar_bytes(member.value);
  return result;
}

// What most mappings are: told without sorting them.
bool is_small_without_duplicates(const std::vector<Member>& members) {
  constexpr std::size_t kSmall = 8;
  if (members.size() > kSmall) return false;
  for (auto member = members.begin(); member != members.end(); ++member) {
    if (std::find_if(std::next(member), members.end(), [&](const Member& other) { return other.key == member->key; }) !=
        members.end()) {
      return false;
    }
  }
  return true;
}

// All but its properties.
void fill(Node& node, const Event& event, const Span& at, bool is_tagged_string) {
  const bool null = event.style == Node::Style::plain && is_null_word(event.text) && !is_tagged_string;
  node.kind = null ? Node::Kind::null : Node::Kind::scalar;
  node.style = event.style;
  node.scalar = event.text;
  node.span = at;
}

void take_properties(Node& node, Event& event) {
  if (!event.tag.empty()) node.tag = std::move(event.tag);
  if (!event.anchor.empty()) node.anchor = std::move(event.anchor);
}

std::string quoted(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

}  // namespace

std::unexpected<Error> Builder::refuse(ErrorCode code, const Span& at, std::string why) const {
  return fail(code, std::to_string(at.line) + ":" + std::to_string(at.column), std::move(why));
}

// False when there are more than may be.
bool Builder::count(std::size_t nodes) {
  budget_.nodes += nodes;
  return budget_.nodes <= kMaxNodes;
}

std::unexpected<Error> Builder::too_many(const Span& at) const {
  return refuse(ErrorCode::limit, at, "more than " + with_thousands(kMaxNodes) + " nodes after aliases are expanded");
}

Status Builder::take(Event& event) {
  switch (event.kind) {
    case Event::Kind::scalar:
      return scalar(event);
    case Event::Kind::alias:
      return alias(event);
    case Event::Kind::open_sequence:
      return open(event, Node::Kind::sequence);
    case Event::Kind::open_mapping:
      return open(event, Node::Kind::mapping);
    case Event::Kind::close:
      return close(event);
    case Event::Kind::document_start:
    case Event::Kind::document_end:
    case Event::Kind::end:
      break;
  }
  return {};
}

Status Builder::open(Event& event, Node::Kind kind) {
  const Span at = span(event);
  if (frames_.size() >= kMaxDepth) {
    return refuse(ErrorCode::limit, at, "nested deeper than " + std::to_string(kMaxDepth) + " levels");
  }
  if (!count(1)) return too_many(at);
  Frame frame;
  frame.first_node = budget_.nodes - 1;
  frame.end = end_of(at);
  if (frames_.empty()) {
    frame.node = &root;
  } else if (wants_key(frames_.back())) {
    frame.refused = std::make_unique<Node>();
    frame.node = frame.refused.get();
  } else {
    frame.node = &next_value(frames_.back());
  }
  Node& node = *frame.node;
  node.kind = kind;
  // Most are small: growing from one would move each node several times.
  if (kind == Node::Kind::mapping) {
    node.members.reserve(kUsualSize);
  } else {
    node.items.reserve(kUsualSize);
  }
  node.style = event.style == Node::Style::flow ? Node::Style::flow : Node::Style::block;
  take_properties(node, event);
  node.span = at;
  frames_.push_back(std::move(frame));
  return {};
}

Status Builder::close(const Event& event) {
  if (frames_.empty()) return {};
  Frame& frame = frames_.back();
  Node& node = *frame.node;
  if (node.style == Node::Style::flow) frame.end = end_of(span(event));
  // In `[a: 1]` libfyaml's mapping begins at the colon.
  if (node.style == Node::Style::block && !node.members.empty()) {
    const Span& first = node.members.front().key_span;
    if (first.begin < node.span.begin) node.span = first;
  }
  node.span.end = frame.end.offset;
  node.span.end_line = frame.end.line;
  node.span.end_column = frame.end.column;
  if (node.kind == Node::Kind::mapping) OAKUM_CHECK(finish_mapping(frame));
  if (!node.anchor.empty()) {
    OAKUM_CHECK(keep_anchored(node, frame.height + 1, budget_.nodes - frame.first_node));
  }
  if (frame.refused) return refuse_key(node);
  const std::size_t height = frame.height + 1;
  const Place end = frame.end;
  frames_.pop_back();
  if (!frames_.empty()) extend(frames_.back(), end, height);
  return {};
}

Status Builder::scalar(Event& event) {
  const Span at = span(event);
  if (!count(1)) return too_many(at);
  const bool bare = event.anchor.empty() && event.tag.empty();
  if (!bare || frames_.empty()) {
    Node node;
    fill(node, event, at, event.tag == "!!str");
    take_properties(node, event);
    return add(std::move(node), 0, 1);
  }
  // Nearly all are such: they are put where they belong without being moved there.
  Frame& frame = frames_.back();
  extend(frame, end_of(at), 0);
  if (wants_key(frame)) {
    const bool is_merge = event.text == "<<" && event.style == Node::Style::plain;
    set_key(frame, event.text, at, is_merge);
  } else {
    fill(next_value(frame), event, at, false);
  }
  return {};
}

std::optional<std::size_t> Builder::holder() const {
  if (frames_.empty() || wants_key(frames_.back())) return std::nullopt;
  const Node& node = *frames_.back().node;
  return (node.kind == Node::Kind::sequence ? node.span : node.members.back().key_span).begin - shift_;
}

bool Builder::wants_key(const Frame& frame) { return frame.node->kind == Node::Kind::mapping && !frame.has_key; }

void Builder::extend(Frame& frame, const Place& end, std::size_t height) {
  if (end.offset > frame.end.offset) frame.end = end;
  frame.height = std::max(frame.height, height);
}

void Builder::set_key(Frame& frame, std::string_view key, const Span& at, bool is_merge) {
  frame.merges = frame.merges || is_merge;
  frame.has_key = true;
  Member& member = frame.node->members.emplace_back();
  member.key = key;
  member.key_span = at;
}

Node& Builder::next_value(Frame& frame) {
  if (frame.node->kind == Node::Kind::sequence) return frame.node->items.emplace_back();
  frame.has_key = false;
  return frame.node->members.back().value;
}

Status Builder::alias(const Event& event) {
  const Span at = span(event);
  const auto found = anchors_.find(event.text);
  if (found == anchors_.end()) {
    const bool inside = std::ranges::any_of(frames_, [&](const Frame& f) { return f.node->anchor == event.text; });
    return refuse(ErrorCode::invalid, at,
                  inside ? "the alias " + quoted("*" + std::string(event.text)) + " stands inside its own anchor"
                         : "no anchor " + quoted("&" + std::string(event.text)) + " before this alias");
  }
  const Anchored& anchored = found->second;
  if (!count(anchored.nodes)) return too_many(at);
  budget_.copied_bytes += anchored.bytes;
  if (budget_.copied_bytes > kMaxBytes) return refuse(ErrorCode::limit, at, "aliases copy more than 16 MiB of text");
  if (frames_.size() + anchored.height > kMaxDepth) {
    return refuse(ErrorCode::limit, at, "nested deeper than " + std::to_string(kMaxDepth) + " levels through an alias");
  }
  Node node = anchored.node;
  node.alias = std::string(event.text);
  node.anchor.clear();
  node.span = at;
  return add(std::move(node), anchored.height, anchored.nodes);
}

std::unexpected<Error> Builder::refuse_key(const Node& node) const {
  return refuse(ErrorCode::unsupported, node.span, "a key that is a list or a mapping");
}

Status Builder::add_key(Frame& frame, Node&& node) {
  if (node.kind != Node::Kind::scalar && node.kind != Node::Kind::null) return refuse_key(node);
  const bool is_merge = node.scalar == "<<" && node.style == Node::Style::plain && node.tag != "!!str";
  set_key(frame, node.scalar, node.span, is_merge);
  return {};
}

Status Builder::keep_anchored(const Node& node, std::size_t height, std::size_t nodes) {
  const std::size_t bytes = scalar_bytes(node);
  // The tree holds every anchored node twice: bounded as the copies of aliases are.
  budget_.copied_bytes += bytes;
  if (budget_.copied_bytes > kMaxBytes) {
    return refuse(ErrorCode::limit, node.span, "anchors hold more than 16 MiB of text");
  }
  budget_.anchored_nodes += nodes;
  if (budget_.anchored_nodes > kMaxNodes) {
    return refuse(ErrorCode::limit, node.span, "anchors inside anchors hold more than 1,000,000 nodes");
  }
  anchors_.insert_or_assign(std::string(node.anchor.view()), Anchored{node, nodes, height, bytes});
  return {};
}

Status Builder::add(Node&& node, std::size_t height, std::size_t nodes) {
  if (!node.anchor.empty()) OAKUM_CHECK(keep_anchored(node, height, nodes));
  if (frames_.empty()) {
    root = std::move(node);
    return {};
  }
  Frame& frame = frames_.back();
  extend(frame, end_of(node.span), height);
  if (wants_key(frame)) return add_key(frame, std::move(node));
  next_value(frame) = std::move(node);
  return {};
}

// Go's parsers, which Compose and Kubernetes use, refuse duplicates too.
Status Builder::check_duplicates(const Frame& frame) const {
  const std::vector<Member>& members = frame.node->members;
  if (is_small_without_duplicates(members)) return {};
  std::vector<std::size_t> order(members.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  // By key, and equal ones in file order.
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const int sign = members[a].key.compare(members[b].key);
    return sign != 0 ? sign < 0 : a < b;
  });
  const auto same = [&](std::size_t a, std::size_t b) { return members[a].key == members[b].key; };
  const auto found = std::ranges::adjacent_find(order, same);
  if (found == order.end()) return {};
  const Member& second = members[*std::next(found)];
  return refuse(
      ErrorCode::invalid, second.key_span,
      "the key " + quoted(second.key) + " is already defined on line " + std::to_string(members[*found].key_span.line));
}

// https://yaml.org/type/merge.html: own keys win, then earlier mappings of a list.
Status Builder::merge(Frame& frame) {
  std::set<std::string, std::less<>> taken;
  for (const Member& member : frame.node->members) {
    if (member.key != "<<") taken.insert(member.key);
  }
  std::vector<Member> merged;
  for (Member& member : frame.node->members) {
    if (member.key != "<<") {
      merged.push_back(std::move(member));
      continue;
    }
    std::vector<Node> sources;
    if (member.value.kind == Node::Kind::sequence) {
      sources = std::move(member.value.items);
    } else {
      sources.push_back(std::move(member.value));
    }
    for (Node& source : sources) {
      if (source.kind != Node::Kind::mapping) {
        return refuse(ErrorCode::invalid, source.span, "the merge key \"<<\" takes a mapping or a list of mappings");
      }
      for (Member& added : source.members) {
        if (!taken.insert(added.key).second) continue;
        added.value.merged = true;
        merged.push_back(std::move(added));
      }
    }
  }
  frame.node->members = std::move(merged);
  return {};
}

Status Builder::finish_mapping(Frame& frame) {
  OAKUM_CHECK(check_duplicates(frame));
  return frame.merges ? merge(frame) : Status();
}

}  // namespace oakum::yaml
