#include "fix/build/edit.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/text.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

std::string_view text_of(const Place& place) { return place.source->text; }

// The item of the exec form that the span lies in.
std::optional<std::size_t> item_at(const Place& place, const Span& span) {
  if (!place.at->json_form) return std::nullopt;
  const auto& items = place.at->arguments;
  const auto found = std::ranges::find_if(
      items, [&](const Argument& item) { return item.span.begin <= span.begin && span.end <= item.span.end; });
  if (found == items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - items.begin());
}

// The item that is this word: not one that holds a script of which it is a part.
std::optional<std::size_t> item_of(const Place& place, const shell::Word& word) {
  const auto item = item_at(place, word.span);
  if (!item || place.at->arguments[*item].value != word.text) return std::nullopt;
  return item;
}

// Blanks, continuations and line ends only: nothing that must stay.
bool is_gap(std::string_view text, char escape) {
  return std::ranges::all_of(text,
                             [&](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == escape; });
}

std::string as_lines(std::string_view lines, std::string_view indent, std::string_view line_end) {
  std::string result;
  for (const std::string_view line : split(lines, '\n')) {
    if (!result.empty()) result += line_end;
    if (!line.empty()) result += indent;
    result += line;
  }
  return result;
}

// Does a line between its first and last, heredocs left out, hold nothing but a comment?
bool has_comment(const Place& place, const Instruction& instruction) {
  const std::string_view text = text_of(place);
  const std::size_t end = instruction.heredocs.empty() ? instruction.span.end : instruction.heredocs.front().body.begin;
  for (std::size_t at = line_end(text, instruction.span.begin); at < end; at = line_end(text, at)) {
    if (trim(text.substr(at, line_end(text, at) - at)).starts_with('#')) return true;
  }
  return false;
}

// A list of parts of which some go: [begin, end) of what to take out so that one gap is left.
std::pair<std::size_t, std::size_t> cut(const Place& place, std::optional<std::size_t> before_end, std::size_t begin,
                                        std::size_t end, std::optional<std::size_t> next_begin) {
  const std::string_view text = text_of(place);
  const auto free = [&](std::size_t from, std::size_t to) {
    return is_gap(text.substr(from, to - from), place.file->escape);
  };
  if (before_end && free(*before_end, begin)) return {*before_end, end};
  if (!before_end && next_begin && free(end, *next_begin)) return {begin, *next_begin};
  return {begin, end};
}

}  // namespace

bool is_silenced(const Place& place, const Instruction& instruction) {
  const std::string_view text = text_of(place);
  for (std::size_t at = line_begin(text, instruction.span.begin); at > 0;) {
    const std::size_t above = line_begin(text, at - 1);
    const std::string_view line = trim(text.substr(above, at - above));
    if (!line.starts_with('#')) return false;
    if (line.find("ignore") != std::string_view::npos || line.find(":skip=") != std::string_view::npos) return true;
    at = above;
  }
  return false;
}

Edit lines_before(const Place& place, const Instruction& instruction, std::string_view lines) {
  const std::string_view text = text_of(place);
  const std::size_t at = line_begin(text, instruction.span.begin);
  const std::string_view end = line_end_of(text);
  return insert(*place.source, at, as_lines(lines, indent_at(text, at), end) + std::string(end));
}

std::expected<Edit, Refusal> lines_after(const Place& place, const Instruction& instruction, std::string_view lines) {
  const std::string_view text = text_of(place);
  const std::size_t at = line_end(text, instruction.span.end);
  if (!trim(text.substr(instruction.span.end, at - instruction.span.end)).empty())
    return refuse("a continuation stands at the end of " + instruction.name + ": take it out first");
  const std::string_view end = line_end_of(text);
  std::string added = as_lines(lines, indent_at(text, instruction.span.begin), end);
  const bool ends_line = at > 0 && text[at - 1] == '\n';
  return insert(*place.source, at, ends_line ? added + std::string(end) : std::string(end) + added);
}

Edit without(const Place& place, const Instruction& instruction) {
  const std::string_view text = text_of(place);
  return remove(*place.source, line_begin(text, instruction.span.begin), line_end(text, instruction.span.end));
}

std::expected<Edit, Refusal> without_itself(const Place& place) {
  if (has_comment(place, *place.outer)) return refuse("a comment stands among its lines: take them out by hand");
  if (is_silenced(place, *place.outer))
    return refuse("the comment above it silences findings, and would do so for what follows: take out both by hand");
  return without(place, *place.outer);
}

std::expected<Edit, Refusal> other_piece(const Place& place, const Span& span, std::string text) {
  if (place.raw(span).find('\n') != std::string_view::npos)
    return refuse("the word goes on in the next line: write it in one piece");
  return put(place, span, std::move(text));
}

Edit put(const Place& place, const Span& span, std::string text) {
  return replace(*place.source, span.begin, span.end, std::move(text));
}
Edit put_before(const Place& place, const Span& span, std::string text) {
  return insert(*place.source, span.begin, std::move(text));
}
Edit put_after(const Place& place, const Span& span, std::string text) {
  return insert(*place.source, span.end, std::move(text));
}

bool is_plain(const Place& place, const shell::Word& word) { return place.raw(word.span) == word.text; }
bool is_plain(const Place& place, const Argument& argument) { return place.raw(argument.span) == argument.value; }

Edit word_after(const Place& place, const shell::Word& behind, std::string_view word) {
  if (const auto item = item_of(place, behind))
    return put_after(place, place.at->arguments[*item].span, ", " + json_string(word));
  return put_after(place, behind.span, " " + std::string(word));
}

std::expected<Edit, Refusal> other_word(const Place& place, const shell::Word& old, std::string_view word) {
  if (const auto item = item_of(place, old)) return put(place, place.at->arguments[*item].span, json_string(word));
  if (!is_plain(place, old)) return refuse("\"" + printable(old.text, 80) + "\" is put together from several parts");
  return put(place, old.span, std::string(word));
}

Edit without_words(const Place& place, const shell::Command& command, std::size_t index, std::size_t count) {
  const auto& words = command.words;
  const std::size_t last = std::min(index + count, words.size()) - 1;
  const auto span_of = [&](std::size_t i) -> const Span& {
    const auto item = item_of(place, words[i]);
    return item ? place.at->arguments[*item].span : words[i].span;
  };
  std::optional<std::size_t> before;
  std::optional<std::size_t> next;
  if (index > 0) before = span_of(index - 1).end;
  if (last + 1 < words.size()) next = span_of(last + 1).begin;
  if (item_of(place, words[index])) {  // the comma goes too
    const std::size_t begin = before.value_or(span_of(index).begin);
    const std::size_t end = before || !next ? span_of(last).end : *next;
    return remove(*place.source, begin, end);
  }
  const auto [begin, end] = cut(place, before, span_of(index).begin, span_of(last).end, next);
  return remove(*place.source, begin, end);
}

Edit without_word(const Place& place, const shell::Command& command, std::size_t index) {
  return without_words(place, command, index, 1);
}

Edit without_flag(const Place& place, const InstructionFlag& flag) {
  const std::string_view text = text_of(place);
  std::size_t end = flag.span.end;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  return remove(*place.source, flag.span.begin, end);
}

std::expected<Edit, Refusal> without_argument(const Place& place, const Instruction& instruction, std::size_t index) {
  const auto& all = instruction.arguments;
  if (has_comment(place, instruction)) return refuse("a comment stands among its lines: take it out by hand");
  if (all.size() == 1) return without(place, *place.outer);
  std::optional<std::size_t> before;
  std::optional<std::size_t> next;
  if (index > 0) before = all[index - 1].span.end;
  if (index + 1 < all.size()) next = all[index + 1].span.begin;
  if (instruction.json_form)
    return before ? remove(*place.source, *before, all[index].span.end)
                  : remove(*place.source, all[index].span.begin, next.value_or(all[index].span.end));
  const auto [begin, end] = cut(place, before, all[index].span.begin, all[index].span.end, next);
  return remove(*place.source, begin, end);
}

const Argument* argument_at(const Place& place, const Finding& finding) {
  const auto& all = place.at->arguments;
  const auto found =
      std::ranges::find_if(all, [&](const Argument& a) { return a.span.begin == finding.origin.span.begin; });
  return found == all.end() ? nullptr : &*found;
}

Planned drop_argument(const Place& place, const Finding& finding, const Context&) {
  const Argument* argument = argument_at(place, finding);
  if (argument == nullptr) return refuse("nothing of it stands at this place");
  if (argument->text.find('$') != std::string::npos)
    return refuse("\"" + printable(argument->text, 80) + "\" is a variable: change what it stands for");
  const auto index = static_cast<std::size_t>(argument - place.at->arguments.data());
  return answer(without_argument(place, *place.at, index));
}

std::string json_string(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (byte < 0x20) {
      result += "\\u00";
      result += kDigits[byte >> 4U];
      result += kDigits[byte & 15U];
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string json_array(const std::vector<std::string>& items) {
  std::string result = "[";
  for (const std::string& item : items) {
    if (result.size() > 1) result += ", ";
    result += json_string(item);
  }
  return result + "]";
}

}  // namespace oakum::fix::build
