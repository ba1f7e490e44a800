// The documents of a text that holds only allowed characters, by libfyaml or without.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "model/origin.h"
#include "yaml/yaml.h"

namespace oakum::yaml {

// By libfyaml: any text. `lines` is that of `text`. An error's `what` is "LINE:COLUMN".
Result<Documents> read_stream(std::string_view text, const LineIndex& lines);

// No tab, "\r", byte order mark or line break that is not ASCII. Printable ASCII and "\n" need not be asked.
bool fits_lines(std::string_view text);

// By LineReader, of a text that fits: the same documents, many times faster; nullopt when it cannot, which says
// nothing of the text.
std::optional<Documents> read_lines(std::string_view text, const LineIndex& lines);

}  // namespace oakum::yaml
