// From lines of the file to logical lines: continuations joined, with the way back to the file's offsets.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/origin.h"
#include "read/shell/shell.h"

namespace oakum::dockerfile {

// The builder's scanner gives up on longer lines.
inline constexpr std::size_t kLongestLine = 65535;

// Bytes [begin, end) of some text.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return begin >= end; }
  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

// What separates words: space, \t, \n, \v, \f, \r.
constexpr bool is_blank(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }
Range trimmed(std::string_view text, Range range);

class Lines {
 public:
  Lines(std::string_view text, std::size_t at) : text_(text), at_(at) {}
  // The next line without its end ("\r" goes, too). False at the end of the text.
  bool next(Range& line);
  std::size_t position() const { return at_; }

 private:
  std::string_view text_;
  std::size_t at_;
};

// Where a line that ends in a continuation is cut: the place of its escape character.
std::optional<std::size_t> continuation(std::string_view text, Range line, char escape);

// One instruction's line. Ranges of it are offsets of text().
class Logical {
 public:
  // `place` is the line's in the file.
  Logical(std::string_view file, Range line, const Span& place) : file_(file), line_(line), place_(place) {}
  void append(Range piece);  // the first call takes the place of the line given to the constructor
  std::string_view text() const { return map_.empty() ? line_.of(file_) : std::string_view(joined_); }
  std::size_t begin_in_file(std::size_t offset) const;  // of a byte, or of the end
  Range in_file(Range range) const;                     // from the first to behind the last byte
  Span span(Range range, const LineIndex& lines) const;
  std::vector<shell::Anchor> anchors(Range range) const;

 private:
  std::string_view file_;
  Range line_;
  Span place_;
  std::string joined_;
  std::vector<shell::Anchor> map_;
};

}  // namespace oakum::dockerfile
