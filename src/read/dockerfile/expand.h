// Quotes, escapes and variables of one word, as BuildKit's shell.Lex takes them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "read/dockerfile/scope.h"

namespace oakum::dockerfile {

struct Expanded {
  std::string value;  // variables without a known value stay as written
  bool known = true;
  bool quoted = false;
  std::string problem;  // why the builder refuses the word; "" when it does not
};

// Limits: ${…} nested 32 deep, 64 KiB a value; what is beyond stays as written and not known. `budget` is what all
// values of a file may grow to together, in bytes.
// Most words: the builder takes them as they stand.
bool is_plain(std::string_view word, char escape);
Expanded expand(std::string_view word, const Scope& scope, char escape, std::size_t& budget);

}  // namespace oakum::dockerfile
