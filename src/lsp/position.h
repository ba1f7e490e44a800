// Places as editors count them: lines and characters from 0. LSP 3.17, "Position" and "PositionEncodingKind".
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace oakum::lsp {

// What a character is: a unit of UTF-16, which every client knows, or a byte.
enum class Encoding : std::uint8_t { utf16, utf8 };
std::string_view to_string(Encoding encoding);  // "utf-16", "utf-8"

struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  auto operator<=>(const Position&) const = default;
};

struct Range {
  Position start, end;
  bool operator==(const Range&) const = default;
};

// Do the two share a place? A range that only touches another does.
bool meet(const Range& a, const Range& b);

// One text's lines. They end with \n, \r\n or \r. Built in O(text); borrows the text.
class TextLines {
 public:
  TextLines(std::string_view text, Encoding encoding);

  // Of a byte; beyond the text its end, inside a character that character's begin.
  Position position(std::size_t offset) const;
  Range range(std::size_t begin, std::size_t end) const { return {position(begin), position(end)}; }
  // The byte there. Beyond a line's end it is the line's end, beyond the last line the text's; never inside a
  // character.
  std::size_t offset(const Position& position) const;

  // Byte offsets of a line: its begin, and its end without the line end. Beyond the last line the last one's.
  std::size_t begin_of(std::size_t line) const;
  std::size_t end_of(std::size_t line) const;

 private:
  std::string_view text_;
  Encoding encoding_;
  std::vector<std::size_t> starts_;
};

}  // namespace oakum::lsp
