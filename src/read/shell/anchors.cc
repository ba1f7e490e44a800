#include "read/shell/anchors.h"

#include <algorithm>
#include <iterator>

namespace oakum::shell {

std::uint32_t outer_offset(const std::vector<Anchor>& map, std::size_t offset) {
  const auto at = static_cast<std::uint32_t>(offset);
  auto next = std::ranges::upper_bound(map, at, {}, &Anchor::text);
  if (next == map.begin()) return at;
  --next;
  return next->file + (at - next->text);
}

OuterRange outer_range(const std::vector<Anchor>& map, std::size_t begin, std::size_t end) {
  const auto size = static_cast<std::uint32_t>(end > begin ? end - begin : 0);
  const auto next = std::ranges::upper_bound(map, static_cast<std::uint32_t>(begin), {}, &Anchor::text);
  const std::uint32_t first = next == map.begin()
                                  ? static_cast<std::uint32_t>(begin)
                                  : std::prev(next)->file + (static_cast<std::uint32_t>(begin) - std::prev(next)->text);
  const bool one_piece = size == 0 || next == map.end() || next->text >= end;
  return {first, one_piece ? first + size : outer_offset(map, end - 1) + 1};
}

std::vector<Anchor> compose(const std::vector<Anchor>& inner, std::size_t size, const std::vector<Anchor>& outer) {
  if (outer.empty()) return inner;
  std::vector<Anchor> composed;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    const std::size_t end = i + 1 < inner.size() ? inner[i + 1].text : size;
    const std::uint32_t from = inner[i].file;
    const std::size_t to = from + (end - inner[i].text);
    composed.push_back({inner[i].text, outer_offset(outer, from)});
    for (auto it = std::ranges::upper_bound(outer, from, {}, &Anchor::text); it != outer.end() && it->text < to; ++it) {
      composed.push_back({inner[i].text + (it->text - from), it->file});
    }
  }
  return composed;
}

void append_piece(std::string& text, std::vector<Anchor>& map, std::string_view piece, std::size_t at) {
  if (map.empty() || map.back().file + (text.size() - map.back().text) != at) {
    map.push_back({static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(at)});
  }
  text += piece;
}

}  // namespace oakum::shell
