#include "yaml/line_cursor.h"

#include <cstdint>

namespace oakum::yaml {

void LineCursor::find_next_line() {
  const std::size_t newline = text_.find('\n', line_begin_);
  next_line_ = (newline == std::string_view::npos ? text_.size() : newline) + 1;
}

Span LineCursor::span(std::size_t begin, std::size_t end) {
  if (begin < line_begin_ || end < begin || end > text_.size()) return lines_.span(begin, end);
  while (begin >= next_line_) {
    ++line_;
    line_begin_ = next_line_;
    find_next_line();
  }
  if (end >= next_line_) return lines_.span(begin, end);
  const auto narrow = [](std::size_t number) { return static_cast<std::uint32_t>(number); };
  return {narrow(begin), narrow(end),
          narrow(line_), narrow(begin - line_begin_ + 1),
          narrow(line_), narrow(end - line_begin_ + 1)};
}

}  // namespace oakum::yaml
