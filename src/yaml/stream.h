// The documents of a text that holds only allowed characters.
#pragma once

#include <string_view>

#include "base/error.h"
#include "model/origin.h"
#include "yaml/yaml.h"

namespace oakum::yaml {

// `lines` is that of `text`. An error's `what` is "LINE:COLUMN".
Result<Documents> read_stream(std::string_view text, const LineIndex& lines);

}  // namespace oakum::yaml
