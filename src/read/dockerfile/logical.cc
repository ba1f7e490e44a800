#include "read/dockerfile/logical.h"

#include <algorithm>
#include <cstdint>

namespace oakum::dockerfile {

Range trimmed(std::string_view text, Range range) {
  while (!range.empty() && is_blank(text[range.begin])) ++range.begin;
  while (!range.empty() && is_blank(text[range.end - 1])) --range.end;
  return range;
}

bool Lines::next(Range& line) {
  if (at_ >= text_.size()) return false;
  const std::size_t end = std::min(text_.find('\n', at_), text_.size());
  line = {at_, end};
  while (!line.empty() && text_[line.end - 1] == '\r') --line.end;
  at_ = end + 1;
  return true;
}

std::optional<std::size_t> continuation(std::string_view text, Range line, char escape) {
  std::size_t end = line.end;
  while (end > line.begin && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  if (end == line.begin || text[end - 1] != escape) return std::nullopt;
  if (end - 1 > line.begin && text[end - 2] == escape) return std::nullopt;
  return end - 1;
}

void Logical::append(Range piece) {
  if (map_.empty()) {
    constexpr std::size_t kUsual = 4;  // pieces
    map_.reserve(kUsual);
    joined_.reserve(kUsual * (piece.end - piece.begin));
  }
  map_.push_back({static_cast<std::uint32_t>(joined_.size()), static_cast<std::uint32_t>(piece.begin)});
  joined_.append(piece.of(file_));
}

std::size_t Logical::begin_in_file(std::size_t offset) const {
  if (map_.empty()) return line_.begin + offset;
  auto after = std::ranges::upper_bound(map_, offset, {}, &shell::Anchor::text);
  if (after != map_.begin()) --after;
  return after->file + (offset - after->text);
}

Range Logical::in_file(Range range) const {
  const std::size_t begin = begin_in_file(range.begin);
  return {begin, range.empty() ? begin : begin_in_file(range.end - 1) + 1};
}

Span Logical::span(Range range, const LineIndex& lines) const {
  if (!map_.empty()) {
    const Range place = in_file(range);
    return lines.span(place.begin, place.end);
  }
  // On one line, whose number is known.
  const auto begin = static_cast<std::uint32_t>(range.begin);
  const auto end = static_cast<std::uint32_t>(std::max(range.begin, range.end));
  return {place_.begin + begin,  place_.begin + end, place_.line,
          place_.column + begin, place_.line,        place_.column + end};
}

std::vector<shell::Anchor> Logical::anchors(Range range) const {
  std::vector<shell::Anchor> found = {{0, static_cast<std::uint32_t>(begin_in_file(range.begin))}};
  for (auto at = std::ranges::upper_bound(map_, range.begin, {}, &shell::Anchor::text);
       at != map_.end() && at->text < range.end; ++at) {
    found.push_back({static_cast<std::uint32_t>(at->text - range.begin), at->file});
  }
  return found;
}

}  // namespace oakum::dockerfile
