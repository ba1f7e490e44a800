#include "lsp/position.h"

#include <algorithm>

namespace oakum::lsp {

namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// Bytes of the character at `at`; a byte that is no UTF-8 is a character of its own.
std::size_t character_size(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (at + size > text.size()) return 1;
  for (std::size_t i = 1; i < size; ++i) {
    if (!continues(text[at + i])) return 1;
  }
  return size;
}

// What one character of that many bytes counts for.
std::uint32_t units(std::size_t bytes, Encoding encoding) {
  if (encoding == Encoding::utf8) return static_cast<std::uint32_t>(bytes);
  return bytes == 4 ? 2 : 1;
}

}  // namespace

std::string_view to_string(Encoding encoding) { return encoding == Encoding::utf8 ? "utf-8" : "utf-16"; }

bool meet(const Range& a, const Range& b) { return a.start <= b.end && b.start <= a.end; }

TextLines::TextLines(std::string_view text, Encoding encoding) : text_(text), encoding_(encoding), starts_{0} {
  for (std::size_t i = text.find_first_of("\r\n"); i != std::string_view::npos; i = text.find_first_of("\r\n", i)) {
    const bool both = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    i += both ? 2U : 1U;
    starts_.push_back(i);
  }
}

Position TextLines::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::ranges::upper_bound(starts_, offset);
  const auto line = static_cast<std::size_t>(next - starts_.begin()) - 1;
  Position position{static_cast<std::uint32_t>(line), 0};
  for (std::size_t at = starts_[line]; at < offset;) {
    const std::size_t size = character_size(text_, at);
    if (at + size > offset) break;
    position.character += units(size, encoding_);
    at += size;
  }
  return position;
}

std::size_t TextLines::offset(const Position& position) const {
  if (position.line >= starts_.size()) return text_.size();
  const std::size_t end = end_of(position.line);
  std::size_t at = starts_[position.line];
  std::uint64_t left = position.character;
  while (at < end) {
    const std::size_t size = character_size(text_, at);
    const std::uint32_t counts = units(size, encoding_);
    if (counts > left) break;
    left -= counts;
    at += size;
  }
  return at;
}

std::size_t TextLines::begin_of(std::size_t line) const { return starts_[std::min(line, starts_.size() - 1)]; }

std::size_t TextLines::end_of(std::size_t line) const {
  line = std::min(line, starts_.size() - 1);
  std::size_t end = line + 1 < starts_.size() ? starts_[line + 1] : text_.size();
  if (line + 1 < starts_.size()) {
    --end;
    if (text_[end] == '\n' && end > starts_[line] && text_[end - 1] == '\r') --end;
  }
  return end;
}

}  // namespace oakum::lsp
