// The words of a run line as bytes of its text: where they begin and end, and what stands between them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/origin.h"

namespace oakum::fix {

struct Bytes {
  std::size_t begin = 0, end = 0;
};

// Between words: blanks, line ends, and the backslash (or `^`, `) of a line that goes on.
bool is_gap(std::string_view text);

// The gap that ends at `at` (begins at `at`), within the line.
Bytes gap_before(std::string_view text, std::size_t at);
Bytes gap_after(std::string_view text, std::size_t at);

// The flag that a statement's place belongs to, whole: `--cap-add SYS_ADMIN` where the place is that of the value.
// Empty when what stands there is no flag (a unit's key, a list).
Bytes flag_at(std::string_view text, const Span& place);

// The words of the text that do not need quotes in any shell, unit file, Makefile or YAML scalar.
bool is_plain_word(std::string_view word);

}  // namespace oakum::fix
