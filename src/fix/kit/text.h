// Edits as bytes: applying them, and making them in the manner of the text around.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/edit.h"
#include "model/subjects.h"

namespace oakum::fix {

// `edits` all of one text, in any order. Overlaps, and places outside of the text or inside a UTF-8 character, are an
// error of code `invalid`; then nothing is changed. Edits at the same place are put in the order given.
Result<std::string> apply_edits(std::string_view text, std::vector<Edit> edits);

// Do two edits touch the same bytes, or insert at one place? Equal edits do not.
bool conflict(const Edit& a, const Edit& b);

Edit replace(const Source& source, std::size_t begin, std::size_t end, std::string text);
Edit replace(std::string_view whole, std::uint32_t source, std::size_t begin, std::size_t end, std::string text);
Edit insert(const Source& source, std::size_t at, std::string text);
Edit remove(const Source& source, std::size_t begin, std::size_t end);
Edit new_file(std::string path, std::string text);

// "\r\n" when the text's first line ends so, else "\n".
std::string_view line_end_of(std::string_view text);
// Offsets of the line that holds `at`: its first byte, and the byte behind its line end.
std::size_t line_begin(std::string_view text, std::size_t at);
std::size_t line_end(std::string_view text, std::size_t at);
// The blanks and tabs that the line holding `at` begins with.
std::string_view indent_at(std::string_view text, std::size_t at);

}  // namespace oakum::fix
