// How each tool writes its pragma: the text of one comment, without '#', to what it means.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "check/pragma.h"

namespace oakum::check {

enum class Reach : std::uint8_t {
  statement,  // the one below, or the one it stands behind
  line,       // the line below, or its own
  file,
  stage,   // hadolint: what follows the FROM below, up to the next FROM
  object,  // the YAML document around it; the file elsewhere
};

struct ParsedPragma {
  Pragma pragma;  // tool, names, all, reason, until
  Reach reach = Reach::statement;
};

// nullopt for a comment that is no pragma. `first_lines`: nothing but comments and blank lines stands before it.
std::optional<ParsedPragma> parse_pragma(std::string_view comment, bool first_lines);

// Cheap: could the text hold any pragma?
bool mentions_pragma(std::string_view text);
// The same of a whole file: behind a '#', on its line.
bool may_hold_pragma(std::string_view text);

}  // namespace oakum::check
