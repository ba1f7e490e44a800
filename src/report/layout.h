// Lines for people: columns, widths and colour, by what the terminal can show.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/severity.h"

namespace oakum::report {

// Columns that `text` takes: code points, escape sequences of Style not counted; wide characters count as one.
std::size_t display_width(std::string_view text);

// Padded with spaces on the right (left) to `width` columns; never cut.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

// At most `width` columns, the last one "…" when something was cut.
std::string cut(std::string_view text, std::size_t width);

// "1 file", "1,200 files"; `many` where it is not `one` and "s".
std::string plural(std::size_t n, std::string_view one, std::string_view many = {});

std::string joined(const std::vector<std::string>& parts, std::string_view separator);

// Lines no wider than `width`, broken between the parts; later lines indented by two.
std::string wrapped(const std::vector<std::string>& parts, std::string_view separator, std::size_t width);

// Running text, broken between words in the same way.
std::string paragraph(std::string_view text, std::size_t width);

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
