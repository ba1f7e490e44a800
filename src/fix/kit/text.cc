#include "fix/kit/text.h"

#include <algorithm>
#include <utility>

#include "fix/kit/remedy.h"

namespace oakum::fix {

namespace {

// Lines are counted here: an edit is one of few, and a LineIndex costs the whole text.
std::uint32_t lines_in(std::string_view text) { return static_cast<std::uint32_t>(std::ranges::count(text, '\n')); }

std::uint32_t column_of(std::string_view text, std::size_t at) {
  return static_cast<std::uint32_t>(at - line_begin(text, at)) + 1;
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

Edit replace(std::string_view whole, std::uint32_t source, std::size_t begin, std::size_t end, std::string text) {
  const std::uint32_t line = lines_in(whole.substr(0, begin)) + 1;
  const std::uint32_t end_line = line + lines_in(whole.substr(std::min(begin, whole.size()), end - begin));
  return {.source = source,
          .span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), line, column_of(whole, begin),
                   end_line, column_of(whole, end)},
          .text = std::move(text),
          .new_file = {},
          .path = {}};
}
Edit replace(const Source& source, std::size_t begin, std::size_t end, std::string text) {
  return replace(source.text, source.number, begin, end, std::move(text));
}
Edit insert(const Source& source, std::size_t at, std::string text) { return replace(source, at, at, std::move(text)); }
Edit remove(const Source& source, std::size_t begin, std::size_t end) { return replace(source, begin, end, {}); }

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
