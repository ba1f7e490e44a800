#include "fix/kit/text.h"

#include <algorithm>
#include <utility>

#include "fix/kit/remedy.h"

namespace oakum::fix {

namespace {

Edit edit(const Source& source, std::size_t begin, std::size_t end, std::string text) {
  // Lines and columns are counted here: an edit is one of few, and a LineIndex costs the whole text.
  const auto place = [&](std::size_t at) {
    const std::string_view before = std::string_view(source.text).substr(0, at);
    const auto line = static_cast<std::uint32_t>(std::ranges::count(before, '\n')) + 1;
    const auto newline = before.rfind('\n');
    const std::size_t column = newline == std::string_view::npos ? at : at - newline - 1;
    return std::pair(line, static_cast<std::uint32_t>(column) + 1);
  };
  const auto [line, column] = place(begin);
  const auto [end_line, end_column] = place(end);
  return {
      .source = source.number,
      .span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), line, column, end_line, end_column},
      .text = std::move(text),
      .new_file = {},
      .path = {}};
}

bool is_inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

}  // namespace

std::unexpected<Refusal> refuse(std::string why) { return std::unexpected(Refusal{std::move(why)}); }

Result<std::string> apply_edits(std::string_view text, std::vector<Edit> edits) {
  std::ranges::stable_sort(edits, {}, [](const Edit& e) { return std::pair(e.span.begin, e.span.end); });
  std::string result;
  std::size_t at = 0;
  for (const Edit& e : edits) {
    if (e.span.begin < at || e.span.end < e.span.begin || e.span.end > text.size() ||
        is_inside_character(text, e.span.begin) || is_inside_character(text, e.span.end))
      return fail(ErrorCode::invalid, "edit at byte " + std::to_string(e.span.begin),
                  "overlaps another or lies outside");
    result += text.substr(at, e.span.begin - at);
    result += e.text;
    at = e.span.end;
  }
  result += text.substr(at);
  return result;
}

bool conflict(const Edit& a, const Edit& b) {
  if (a == b) return false;
  if (!a.new_file.empty() || !b.new_file.empty()) return a.new_file == b.new_file;
  if (a.path != b.path || (a.path.empty() && a.source != b.source)) return false;
  if (a.span.begin == b.span.begin) return true;
  return a.span.begin < b.span.end && b.span.begin < a.span.end;
}

Edit replace(const Source& source, std::size_t begin, std::size_t end, std::string text) {
  return edit(source, begin, end, std::move(text));
}
Edit insert(const Source& source, std::size_t at, std::string text) { return edit(source, at, at, std::move(text)); }
Edit remove(const Source& source, std::size_t begin, std::size_t end) { return edit(source, begin, end, {}); }

Edit new_file(std::string path, std::string text) {
  Edit made;
  made.text = std::move(text);
  made.new_file = std::move(path);
  return made;
}

std::string_view line_end_of(std::string_view text) {
  const auto newline = text.find('\n');
  return newline != std::string_view::npos && newline > 0 && text[newline - 1] == '\r' ? "\r\n" : "\n";
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  const auto newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  const auto newline = text.find('\n', at);
  return newline == std::string_view::npos ? text.size() : newline + 1;
}

std::string_view indent_at(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  const auto end = text.find_first_not_of(" \t", begin);
  return text.substr(begin, (end == std::string_view::npos ? text.size() : end) - begin);
}

}  // namespace oakum::fix
