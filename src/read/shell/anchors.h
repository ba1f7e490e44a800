// Where the bytes of a text that was cut out of another one came from: continuations, quotes and escapes leave gaps.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "read/shell/shell.h"

namespace oakum::shell {

// The offset that `offset` of the text has in the outer text. Without anchors they are the same. O(log anchors).
std::uint32_t outer_offset(const std::vector<Anchor>& map, std::size_t offset);

struct OuterRange {
  std::uint32_t begin = 0, end = 0;
};
// Of the bytes [begin, end): the end belongs to the last byte, behind it there may be a continuation.
OuterRange outer_range(const std::vector<Anchor>& map, std::size_t begin, std::size_t end);

// The map of a text inside a text: `inner` leads from a text of `size` bytes to one that `outer` maps further. Linear.
std::vector<Anchor> compose(const std::vector<Anchor>& inner, std::size_t size, const std::vector<Anchor>& outer);

// Appends `piece`, which stands at `at` of the outer text, and an anchor when it does not follow on what was there.
void append_piece(std::string& text, std::vector<Anchor>& map, std::string_view piece, std::size_t at);

}  // namespace oakum::shell
