// Words of an instruction's line, and its JSON form. Ranges are offsets of the text that was given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/dockerfile/logical.h"

namespace oakum::dockerfile {

// Between blanks (parser: parseStringsWhitespaceDelimited).
std::vector<Range> plain_words(std::string_view text, Range range);

// Between blanks outside quotes, as ENV, LABEL and ARG are read (parser: parseWords). An open quote runs to the end.
std::vector<Range> quoted_words(std::string_view text, Range range, char escape);

// As the builder looks for here-documents: between blanks outside quotes, with backslash as the escape. nullopt when a
// quote is left open: then it finds none.
std::optional<std::vector<Range>> shell_words(std::string_view text, Range range);

struct JsonForm {
  enum class Kind : std::uint8_t {
    none,     // no JSON array: the shell form is meant
    strings,  // the exec form
    mixed,    // a JSON array that holds something else than strings
  };
  Kind kind = Kind::none;
  std::vector<std::string> items;  // decoded
  std::vector<Range> ranges;       // of the items, with their quotes
};

// All of `range`, blanks around it allowed.
JsonForm json_form(std::string_view text, Range range);

}  // namespace oakum::dockerfile
