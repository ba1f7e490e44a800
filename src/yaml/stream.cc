#include "yaml/stream.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "yaml/builder.h"
#include "yaml/comments.h"
#include "yaml/empty_items.h"
#include "yaml/events.h"
#include "yaml/line_cursor.h"

namespace oakum::yaml {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_nothing(const Node& node) {
  return node.kind == Node::Kind::null && node.scalar.empty() && node.tag.empty() && node.anchor.empty();
}

bool is_opaque(const Event& event) { return event.kind == Event::Kind::scalar && event.style != Node::Style::plain; }

// A block scalar's header line may end in a comment: only what is below it is opaque.
std::pair<std::size_t, std::size_t> opaque_part(const Event& event, std::string_view text) {
  std::size_t begin = event.begin;
  if (event.style == Node::Style::literal || event.style == Node::Style::folded) {
    begin = std::min(text.find('\n', begin), event.end);
  }
  return {begin, event.end};
}

// Makes documents of events.
class Stream {
 public:
  Stream(std::string_view text, const LineIndex& lines)
      : text_(text),
        shift_(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0),
        lines_(lines),
        cursor_(text, lines) {}

  // Every event in order; its properties are moved out.
  Status take(Event& event) {
    if (event.kind == Event::Kind::document_start) {
      begins_.push_back(begins_.empty() ? 0 : event.begin + shift_);
      builder_.emplace(cursor_, shift_, budget_);
      return {};
    }
    if (!builder_) return {};
    if (event.kind == Event::Kind::document_end || event.kind == Event::Kind::end) {
      keep_document();
      return {};
    }
    if (is_opaque(event)) {
      const auto [begin, end] = opaque_part(event, text_.substr(shift_));
      opaque_.emplace_back(begin + shift_, end + shift_);
    }
    return builder_->take(event);
  }

  Documents finish() {
    for (std::size_t i = 0; i < begins_.size(); ++i) {
      const std::size_t end = i + 1 < begins_.size() ? begins_[i + 1] : text_.size();
      if (kept_[i]) result_.spans.push_back(lines_.span(begins_[i], end));
    }
    result_.comments = find_comments(text_, opaque_, lines_);
    return std::move(result_);
  }

 private:
  void keep_document() {
    kept_.push_back(!is_nothing(builder_->root));
    if (kept_.back()) result_.roots.push_back(std::move(builder_->root));
    builder_.reset();
  }

  std::string_view text_;
  std::size_t shift_;
  const LineIndex& lines_;
  LineCursor cursor_;
  Budget budget_;
  std::optional<Builder> builder_;  // of the document that is being read
  Documents result_;
  std::vector<std::size_t> begins_;
  std::vector<bool> kept_;
  std::vector<std::pair<std::size_t, std::size_t>> opaque_;
};

Result<Documents> read_once(std::string_view text, std::string_view content, const LineIndex& lines,
                            const std::vector<std::size_t>& empty_items) {
  Stream stream(text, lines);
  EventReader reader(content, empty_items);
  Event event;
  do {
    OAKUM_CHECK(reader.next(event));
    OAKUM_CHECK(stream.take(event));
  } while (event.kind != Event::Kind::end);
  return stream.finish();
}

}  // namespace

Result<Documents> read_stream(std::string_view text, const LineIndex& lines) {
  const std::string_view content = text.substr(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  std::vector<std::size_t> empty_items;
  while (true) {
    auto documents = read_once(text, content, lines, empty_items);
    if (documents || empty_items.size() >= kMaxEmptyItems) return documents;
    const auto found = find_empty_item(content, documents.error(), empty_items);
    if (!found) return documents;
    empty_items.insert(std::ranges::upper_bound(empty_items, *found), *found);
  }
}

}  // namespace oakum::yaml
