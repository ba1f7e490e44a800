#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// Reads what was meant: strings in any quotes, commas missing or too many, the bracket not closed.
class Reader {
 public:
  Reader(std::string_view text, bool bare) : text_(text), bare_(bare) {}

  std::optional<std::vector<std::string>> read() {
    if (!skip("[")) return std::nullopt;
    while (true) {
      while (skip(",")) {
      }
      if (at_ == text_.size()) return items_;
      if (skip("]")) return at_ == text_.size() ? std::optional(items_) : std::nullopt;
      if (!item()) return std::nullopt;
    }
  }

 private:
  void blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  bool skip(std::string_view what) {
    blanks();
    if (!text_.substr(at_).starts_with(what)) return false;
    at_ += what.size();
    blanks();
    return true;
  }

  bool item() {
    struct Quotes {
      std::string_view open, close;
    };
    constexpr Quotes kQuotes[] = {{"\"", "\""}, {"'", "'"}, {"“", "”"}, {"‘", "’"}};
    for (const Quotes& quotes : kQuotes) {
      if (!text_.substr(at_).starts_with(quotes.open)) continue;
      at_ += quotes.open.size();
      return until(quotes.close);
    }
    return bare_ && word();
  }

  bool until(std::string_view close) {
    const std::size_t end = text_.find(close, at_);
    if (end == std::string_view::npos) return false;
    const std::string_view content = text_.substr(at_, end - at_);
    if (content.find('\\') != std::string_view::npos) return false;  // an escape: of which language?
    items_.emplace_back(content);
    at_ = end + close.size();
    return true;
  }

  // Without quotes: only between commas, or a shell's test command would be taken for a list.
  bool word() {
    const std::size_t end = std::min(text_.find_first_of(",] \t", at_), text_.size());
    const std::string_view content = text_.substr(at_, end - at_);
    if (content.empty() || content.find_first_of("\"'$`|&;<>(){}*?[") != std::string_view::npos) return false;
    items_.emplace_back(content);
    at_ = end;
    blanks();
    return at_ == text_.size() || text_[at_] == ',' || text_[at_] == ']';
  }

  std::string_view text_;
  bool bare_;
  std::size_t at_ = 0;
  std::vector<std::string> items_;
};

Planned plan(const Place& place, const Finding&, const Context&) {
  const Instruction& old = *place.at;
  const bool health = old.kind == InstructionKind::healthcheck;
  if (health && old.arguments.empty()) return refuse("what is meant cannot be told: write the array by hand");
  const Span& where = health ? old.arguments.front().span : old.text_span;
  const std::string text = health ? old.arguments.front().text : old.text;
  const bool one_line = place.raw(where).find('#') == std::string_view::npos || where.line == where.end_line;
  const auto items = Reader(trim(text), old.kind != InstructionKind::run).read();
  if (!items || items->empty() || !one_line) return refuse("what is meant cannot be told: write the array by hand");
  return answer(put(place, where, json_array(*items)));
}

}  // namespace

extern constinit const Remedy broken_json{"broken-json", at_place<plan>};

}  // namespace oakum::fix::build
