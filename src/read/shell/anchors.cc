#include "read/shell/anchors.h"

#include <algorithm>

namespace oakum::shell {

std::uint32_t outer_offset(const std::vector<Anchor>& map, std::size_t offset) {
  const auto at = static_cast<std::uint32_t>(offset);
  auto next = std::ranges::upper_bound(map, at, {}, &Anchor::text);
  if (next == map.begin()) return at;
  --next;
  return next->file + (at - next->text);
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
