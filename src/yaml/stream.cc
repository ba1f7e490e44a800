#include "yaml/stream.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "yaml/builder.h"
#include "yaml/comments.h"
#include "yaml/empty_blocks.h"
#include "yaml/empty_items.h"
#include "yaml/events.h"
#include "yaml/line_cursor.h"

namespace oakum::yaml {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// How often a text is read again; and up to which size, as each time costs as much as the first.
constexpr std::size_t kMaxFillers = 20;
constexpr std::size_t kMaxFilledBytes = 1U << 20;

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

  // Did libfyaml take for this event's text what is not?
  bool is_misread(const Event& event) const {
    if (event.style != Node::Style::literal && event.style != Node::Style::folded) return false;
    const auto holder = builder_ ? builder_->holder() : std::nullopt;
    return holder && is_misread_block(text_.substr(shift_), event, *holder);
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

// With `missing`: what libfyaml needs to read on, when it is that.
Result<Documents> read_once(std::string_view text, std::string_view content, const LineIndex& lines,
                            const std::vector<Filler>& fillers, std::optional<Filler>& missing) {
  Stream stream(text, lines);
  EventReader reader(content, fillers);
  Event event;
  do {
    if (auto status = reader.next(event); !status) {
      if (const auto at = find_empty_item(content, status.error())) missing = Filler{*at, kNullFiller};
      return std::unexpected(std::move(status.error()));
    }
    if (stream.is_misread(event)) {
      missing = Filler{event.begin + 1, kIndentationFiller};
      const Span at =
          lines.span(text.size() - content.size() + event.begin, text.size() - content.size() + event.begin);
      return fail(ErrorCode::unsupported, std::to_string(at.line) + ":" + std::to_string(at.column),
                  "a block without lines, one of too many", "write \"\" in its place");
    }
    OAKUM_CHECK(stream.take(event));
  } while (event.kind != Event::Kind::end);
  return stream.finish();
}

}  // namespace

Result<Documents> read_stream(std::string_view text, const LineIndex& lines) {
  const std::string_view content = text.substr(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  std::vector<Filler> fillers;
  while (true) {
    std::optional<Filler> missing;
    auto documents = read_once(text, content, lines, fillers, missing);
    if (documents || !missing || fillers.size() >= kMaxFillers || content.size() > kMaxFilledBytes) return documents;
    const auto next = std::ranges::lower_bound(fillers, missing->at, {}, &Filler::at);
    if (next != fillers.end() && next->at == missing->at) return documents;  // it did not help
    fillers.insert(next, *missing);
  }
}

}  // namespace oakum::yaml
