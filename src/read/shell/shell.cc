#include "read/shell/shell.h"

#include <algorithm>
#include <iterator>

#include "read/shell/anchors.h"
#include "read/shell/reader.h"

namespace oakum::shell {

namespace {

// Far more than arithmetic takes; keeps the look ahead from becoming quadratic.
constexpr std::size_t kLongestArithmetic = 2048;

}  // namespace

Span Reader::span(std::size_t begin, std::size_t end) const {
  const OuterRange outer = outer_range(map_, begin, end);
  const std::uint32_t first = outer.begin;
  const std::uint32_t last = outer.end;
  if (lines_ != nullptr) return lines_->span(first, last);
  return {first, last, 0, 0, 0, 0};
}

void Reader::problem(std::size_t begin, std::size_t end, std::string what) {
  if (!progress_.complete) return;
  progress_.complete = false;
  progress_.problem = std::move(what);
  progress_.problem_span = span(begin, end);
}

void Reader::stop(std::string what) {
  problem(std::min(at_, text_.size()), std::min(at_ + 1, text_.size()), std::move(what));
  progress_.stopped = true;
}

void Reader::skip_blanks() {
  while (at_ < text_.size()) {
    if (peek() == ' ' || peek() == '\t' || (peek() == '\r' && peek(1) == '\n')) {
      ++at_;
    } else if (peek() == '\\' && peek(1) == '\n') {
      at_ += 2;
    } else if (peek() == '\\' && peek(1) == '\r' && peek(2) == '\n') {
      at_ += 3;
    } else if (peek() == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      return;
    }
  }
}

std::optional<std::size_t> Reader::arithmetic_end(std::size_t from) const {
  if (text_.substr(from, 2) != "((") return std::nullopt;
  const std::size_t limit = std::min(text_.size(), from + kLongestArithmetic);
  std::size_t open = 2;
  for (std::size_t at = from + 2; at < limit; ++at) {
    if (text_[at] == '(') ++open;
    if (text_[at] != ')') continue;
    if (open == 2) return text_.substr(at, 2) == "))" ? std::optional(at + 2) : std::nullopt;
    --open;
  }
  return std::nullopt;
}

void Reader::inner_script(std::string_view text, const std::vector<Anchor>& pieces, bool list_substitutions,
                          std::vector<Command>& out, Context context) {
  const Nesting nesting(*this);
  if (progress_.stopped) return;
  const std::vector<Anchor> map = compose(pieces, text.size(), map_);
  Reader inner(text, map, lines_, progress_);
  inner.lists_substitutions_ = list_substitutions;
  inner.list(out, context);
}

void Reader::here_bodies(std::vector<Command>& out, Context context) {
  const std::vector<HereDocument> documents = std::move(pending_);
  pending_.clear();
  for (const HereDocument& document : documents) here_body(document, out, context);
}

void Reader::here_body(const HereDocument& document, std::vector<Command>& out, Context context) {
  const Nesting nesting(*this);
  const std::size_t begin = at_;
  std::string body;
  std::vector<Anchor> pieces;
  bool closed = false;
  while (!closed && at_ < text_.size()) {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    std::size_t from = at_;
    while (document.strip_tabs && from < end && text_[from] == '\t') ++from;
    at_ = std::min(end + 1, text_.size());
    std::string_view line = slice(from, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    closed = line == document.delimiter;
    if (!closed && at_ > from) append_piece(body, pieces, slice(from, at_), from);
  }
  if (!closed) problem(begin, begin, "the here-document \"" + document.delimiter + "\" is not closed");
  if (body.empty() || progress_.stopped) return;
  const Context inside{document.depth + 1, context.checked};
  if (document.is_script) return inner_script(body, pieces, true, out, inside);
  if (!document.expands) return;
  const std::vector<Anchor> map = compose(pieces, body.size(), map_);
  Reader inner(body, map, lines_, progress_);
  inner.expansions(out, {document.depth, context.checked});
}

Script read(std::string_view text, const std::vector<Anchor>& map, const LineIndex* lines, Dialect dialect) {
  Script script;
  Progress progress;
  progress.dialect = dialect;
  Reader reader(text.substr(0, kMaxBytes), map, lines, progress);
  if (text.size() > kMaxBytes) reader.problem(kMaxBytes, kMaxBytes, "longer than 1 MiB");
  reader.list(script.commands, {});
  script.complete = progress.complete;
  script.problem = std::move(progress.problem);
  script.problem_span = progress.problem_span;
  return script;
}

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  std::vector<Command> unused;
  Progress progress;
  const std::vector<Anchor> map;
  Reader reader(text.substr(0, kMaxBytes), map, nullptr, progress);
  for (reader.skip_blanks(); !reader.at_end(); reader.skip_blanks()) {
    WordRead read = reader.word(unused, {});
    if (read.begin == read.end) break;
    words.push_back(std::move(read.word));
  }
  return words;
}

}  // namespace oakum::shell
