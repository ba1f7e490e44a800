// Lines for people: columns, widths and colour, by what the terminal can show.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/severity.h"

namespace oakum::report {

// Columns that `text` takes: code points, escape sequences of Style not counted; wide characters count as one.
std::size_t display_width(std::string_view text);

// Padded with spaces on the right (left) to `width` columns; never cut.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

// At most `width` columns, the last one "…" when something was cut.
std::string cut(std::string_view text, std::size_t width);

// Colour carries no meaning alone: every coloured word says the same without it.
class Style {
 public:
  explicit Style(bool colour) : colour_(colour) {}
  std::string bold(std::string_view text) const { return wrap("1", text); }
  std::string dim(std::string_view text) const { return wrap("2", text); }
  std::string severity(Severity severity, std::string_view text) const;

 private:
  std::string wrap(std::string_view code, std::string_view text) const;
  bool colour_;
};

}  // namespace oakum::report
