#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "yaml/builder.h"
#include "yaml/comments.h"
#include "yaml/empty_items.h"
#include "yaml/events.h"
#include "yaml/yaml.h"

namespace oakum::yaml {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string place(std::string_view name, const Span& at) {
  return std::string(name) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

constexpr std::array<bool, 256> kAllowed = [] {
  std::array<bool, 256> allowed{};
  for (std::size_t byte = 0x20; byte < allowed.size(); ++byte) allowed[byte] = byte != 0x7F;
  allowed['\n'] = allowed['\r'] = allowed['\t'] = true;
  return allowed;
}();

bool is_allowed(char c) { return kAllowed[static_cast<unsigned char>(c)]; }

// YAML 1.2.2 sections 5.1 and 5.2.
Status check_characters(std::string_view name, std::string_view text, const LineIndex& lines) {
  const auto* const bad = std::find_if_not(text.begin(), text.end(), is_allowed);
  if (bad != text.end()) {
    const auto at = static_cast<std::size_t>(bad - text.begin());
    return fail(ErrorCode::invalid, place(name, lines.span(at, at + 1)),
                *bad == '\0' ? "holds a NUL byte" : "holds the control character " + printable({bad, bad + 1}, 8));
  }
  const auto is_high = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  for (auto from = std::ranges::find_if(text, is_high); from != text.end();) {
    const auto to = std::find_if_not(from, text.end(), is_high);
    if (!is_valid_utf8({from, to})) {
      const auto at = static_cast<std::size_t>(from - text.begin());
      return fail(ErrorCode::invalid, place(name, lines.span(at, at + 1)), "is not UTF-8");
    }
    from = std::find_if(to, text.end(), is_high);
  }
  return {};
}

Status check_encoding(std::string_view name, std::string_view text) {
  if (text.size() > kMaxBytes) return fail(ErrorCode::limit, std::string(name), "larger than 16 MiB");
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return fail(ErrorCode::unsupported, std::string(name) + ":1:1", "is UTF-16", "save it as UTF-8");
  }
  return {};
}

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

class Stream {
 public:
  Stream(std::string_view text, const LineIndex& lines, const std::vector<std::size_t>& empty_items)
      : text_(text),
        empty_items_(empty_items),
        shift_(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0),
        lines_(lines) {}

  Result<Documents> read() {
    EventReader reader(text_.substr(shift_), empty_items_);
    Event event;
    while (true) {
      OAKUM_CHECK(reader.next(event));
      if (event.kind == Event::Kind::end) break;
      if (event.kind == Event::Kind::document_start) OAKUM_CHECK(document(reader, event));
    }
    for (std::size_t i = 0; i < begins_.size(); ++i) {
      const std::size_t end = i + 1 < begins_.size() ? begins_[i + 1] : text_.size();
      if (kept_[i]) result_.spans.push_back(lines_.span(begins_[i], end));
    }
    result_.comments = find_comments(text_, opaque_, lines_);
    return std::move(result_);
  }

 private:
  Status document(EventReader& reader, Event& event) {
    Builder builder(lines_, shift_, budget_);
    begins_.push_back(begins_.empty() ? 0 : event.begin + shift_);
    while (true) {
      OAKUM_CHECK(reader.next(event));
      if (event.kind == Event::Kind::document_end || event.kind == Event::Kind::end) break;
      if (is_opaque(event)) {
        const auto [begin, end] = opaque_part(event, text_.substr(shift_));
        opaque_.emplace_back(begin + shift_, end + shift_);
      }
      OAKUM_CHECK(builder.take(event));
    }
    kept_.push_back(!is_nothing(builder.root));
    if (kept_.back()) result_.roots.push_back(std::move(builder.root));
    return {};
  }

  std::string_view text_;
  const std::vector<std::size_t>& empty_items_;
  std::size_t shift_;
  const LineIndex& lines_;
  Budget budget_;
  Documents result_;
  std::vector<std::size_t> begins_;
  std::vector<bool> kept_;
  std::vector<std::pair<std::size_t, std::size_t>> opaque_;
};

Result<Documents> read_stream(std::string_view text, const LineIndex& lines) {
  const std::string_view content = text.substr(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  std::vector<std::size_t> empty_items;
  while (true) {
    auto documents = Stream(text, lines, empty_items).read();
    if (documents || empty_items.size() >= kMaxEmptyItems) return documents;
    const auto found = find_empty_item(content, documents.error(), empty_items);
    if (!found) return documents;
    empty_items.insert(std::ranges::upper_bound(empty_items, *found), *found);
  }
}

}  // namespace

Result<Documents> parse_all(std::string_view name, std::string_view text) {
  OAKUM_CHECK(check_encoding(name, text));
  const LineIndex lines(text);
  OAKUM_CHECK(check_characters(name, text, lines));
  auto documents = read_stream(text, lines);
  if (!documents) documents.error().what = std::string(name) + ":" + documents.error().what;
  return documents;
}

Result<Node> parse(std::string_view name, std::string_view text) {
  OAKUM_TRY(Documents documents, parse_all(name, text));
  if (documents.roots.empty()) return Node{};
  if (documents.roots.size() > 1) {
    return fail(ErrorCode::invalid, place(name, documents.spans[1]), "a second document",
                "keep one document in a file");
  }
  return std::move(documents.roots.front());
}

}  // namespace oakum::yaml
