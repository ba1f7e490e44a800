// Spans of a text that is read from its begin to its end: the line of one is that of the last, or one of the next.
#pragma once

#include <cstddef>
#include <string_view>

#include "model/origin.h"

namespace oakum::yaml {

class LineCursor {
 public:
  // Borrows both; `lines` is that of `text`.
  LineCursor(std::string_view text, const LineIndex& lines) : text_(text), lines_(lines) { find_next_line(); }

  // As LineIndex::span. What goes back before the last span, or over several lines, is looked up there.
  Span span(std::size_t begin, std::size_t end);

 private:
  void find_next_line();

  std::string_view text_;
  const LineIndex& lines_;
  std::size_t line_ = 1, line_begin_ = 0;
  std::size_t next_line_ = 0;  // behind the line's "\n"; of the last line behind the end that a span can have
};

}  // namespace oakum::yaml
