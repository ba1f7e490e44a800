#include "yaml/line_reader.h"

#include <algorithm>

namespace oakum::yaml {

namespace {

// Far below the limits of libfyaml and ours.
constexpr std::size_t kMaxLevels = 32;
constexpr std::size_t kMaxFlowDepth = 8;
constexpr std::size_t kMaxKey = 512;

// YAML 1.2.2 section 5.3.
constexpr std::string_view kIndicators = "?:,[]{}#&*!|>'\"%@`-";

bool ends_flow_plain(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}' || c == '#'; }

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

bool LineReader::read() {
  while (line_begin_ < text_.size()) {
    line_end_ = std::min(text_.find('\n', line_begin_), text_.size());
    at_ = line_begin_;
    skip_spaces();
    if (peek() != '\n' && peek() != '#' && !take_line()) return false;
    line_begin_ = line_end_ + 1;
  }
  return in_document_ && end_document();
}

bool LineReader::take_line() {
  const std::size_t indent = at_ - line_begin_;
  const std::string_view line = text_.substr(at_, line_end_ - at_);
  if (indent == 0 && line == "---") return (!in_document_ || end_document()) && start_document(at_);
  if (indent == 0 && (line.starts_with("---") || line.starts_with("..."))) return false;
  if (!in_document_ && !start_document(at_)) return false;
  if (!find_level(indent, is_dash())) return false;
  if (is_dash()) return item();
  Scalar scalar;
  return read_scalar(scalar, false) && at_colon() && key(scalar);
}

bool LineReader::start_document(std::size_t begin) {
  in_document_ = true;
  return emit(Event::Kind::document_start, begin, begin, Node::Style::block);
}

bool LineReader::end_document() {
  if (wants_value_ && !emit_nothing(value_at_)) return false;
  while (!levels_.empty()) {
    if (!close()) return false;
  }
  in_document_ = false;
  return emit(Event::Kind::document_end, at_, at_, Node::Style::block);
}

// Makes the collection to which a line belongs the last level.
bool LineReader::find_level(std::size_t indent, bool is_item) {
  if (levels_.empty()) return indent == 0 && open(indent, is_item);
  if (wants_value_) {
    const std::size_t outer = levels_.back().indent;
    // A list may stand below its key without being indented.
    if (indent > outer || (indent == outer && is_item)) return open(indent, is_item);
    if (!emit_nothing(value_at_)) return false;
  }
  while (levels_.back().indent > indent) {
    if (!close()) return false;
  }
  if (levels_.back().is_sequence && !is_item && levels_.size() > 1 && !close()) return false;
  return levels_.back().indent == indent && levels_.back().is_sequence == is_item;
}

bool LineReader::open(std::size_t indent, bool is_sequence) {
  if (levels_.size() >= kMaxLevels) return false;
  wants_value_ = false;
  levels_.push_back({indent, is_sequence});
  const auto kind = is_sequence ? Event::Kind::open_sequence : Event::Kind::open_mapping;
  const std::size_t begin = line_begin_ + indent;
  return emit(kind, begin, begin, Node::Style::block);
}

bool LineReader::close() {
  levels_.pop_back();
  return emit(Event::Kind::close, line_begin_, line_begin_, Node::Style::block);
}

bool LineReader::item() {
  ++at_;
  skip_spaces();
  if (peek() == '[' || peek() == '{') return flow(0) && at_line_end();
  const std::size_t column = at_ - line_begin_;
  Scalar scalar;
  if (!read_scalar(scalar, false)) return false;
  if (at_colon()) return open(column, false) && key(scalar);
  return at_line_end() && emit(scalar);
}

// From the colon on.
bool LineReader::key(const Scalar& scalar) {
  if (scalar.end - scalar.begin > kMaxKey || !emit(scalar)) return false;
  value_at_ = ++at_;
  if (at_line_end()) {
    wants_value_ = true;
    return true;
  }
  if (peek() == '[' || peek() == '{') return flow(0) && at_line_end();
  Scalar value;
  return read_scalar(value, false) && at_line_end() && emit(value);
}

bool LineReader::flow(std::size_t depth) {
  if (depth >= kMaxFlowDepth) return false;
  const bool in_mapping = peek() == '{';
  const char last = in_mapping ? '}' : ']';
  const auto kind = in_mapping ? Event::Kind::open_mapping : Event::Kind::open_sequence;
  if (!emit(kind, at_, at_ + 1, Node::Style::flow)) return false;
  ++at_;
  skip_spaces();
  for (bool first = true; !first || peek() != last; first = false) {
    if (!flow_member(in_mapping, depth)) return false;
    skip_spaces();
    if (peek() == last) break;
    if (peek() != ',') return false;
    ++at_;
    skip_spaces();
  }
  ++at_;
  return emit(Event::Kind::close, at_ - 1, at_, Node::Style::flow);
}

bool LineReader::flow_member(bool in_mapping, std::size_t depth) {
  Scalar scalar;
  if (in_mapping) {
    if (!read_scalar(scalar, true) || !at_colon() || !emit(scalar)) return false;
    ++at_;
    skip_spaces();
  }
  if (peek() == '[' || peek() == '{') return flow(depth + 1);
  return read_scalar(scalar, true) && emit(scalar);
}

bool LineReader::read_scalar(Scalar& scalar, bool in_flow) {
  scalar.begin = at_;
  if (peek() == '"' || peek() == '\'') return read_quoted(scalar);
  scalar.style = Node::Style::plain;
  if (peek() == '\n' || kIndicators.contains(peek())) {
    // `--flag` and `-1` are scalars.
    if (peek() != '-' || ends_word(1) || ends_flow_plain(peek(1))) return false;
  }
  return in_flow ? read_flow_plain(scalar) : read_plain(scalar);
}

bool LineReader::read_quoted(Scalar& scalar) {
  const char quote = peek();
  scalar.style = quote == '"' ? Node::Style::double_quoted : Node::Style::single_quoted;
  for (++at_; peek() != quote; ++at_) {
    if (peek() == '\n' || (peek() == '\\' && quote == '"')) return false;
  }
  scalar.end = ++at_;
  return peek() != quote;  // an escaped one
}

bool LineReader::read_plain(Scalar& scalar) {
  std::size_t at = at_;
  scalar.end = at;
  char before = ' ';
  for (const char c : text_.substr(at_, line_end_ - at_)) {
    if (c == '#' && before == ' ') break;
    if (c == ':' && ends_word(at + 1 - at_)) break;
    ++at;
    if (c != ' ') scalar.end = at;
    before = c;
  }
  at_ = at;
  return true;
}

bool LineReader::read_flow_plain(Scalar& scalar) {
  for (scalar.end = at_; peek() != '\n' && !ends_flow_plain(peek()); ++at_) {
    // As in `no-new-privileges:true`.
    if (peek() == ':' && !is_alphanumeric(peek(1))) break;
    if (peek() != ' ') scalar.end = at_ + 1;
  }
  return scalar.end > scalar.begin;
}

bool LineReader::emit(Event::Kind kind, std::size_t begin, std::size_t end, Node::Style style) {
  event_.kind = kind;
  event_.style = style;
  event_.begin = begin;
  event_.end = end;
  return sink_(event_);
}

bool LineReader::emit(const Scalar& scalar) {
  const std::size_t quotes = scalar.style == Node::Style::plain ? 0 : 1;
  event_.text = text_.substr(scalar.begin + quotes, scalar.end - scalar.begin - 2 * quotes);
  return emit(Event::Kind::scalar, scalar.begin, scalar.end, scalar.style);
}

bool LineReader::emit_nothing(std::size_t at) {
  wants_value_ = false;
  event_.text = {};
  return emit(Event::Kind::scalar, at, at, Node::Style::plain);
}

void LineReader::skip_spaces() { at_ = std::min(text_.find_first_not_of(' ', at_), line_end_); }

bool LineReader::at_colon() {
  skip_spaces();
  return peek() == ':' && ends_word(1);
}

bool LineReader::at_line_end() {
  skip_spaces();
  return peek() == '\n' || (peek() == '#' && text_[at_ - 1] == ' ');
}

}  // namespace oakum::yaml
