// The lines of a log that say that the container may not do something, and what they name: the path that was written,
// the right that was missing.
#pragma once

#include <string_view>
#include <vector>

#include "fix/kit/remedy.h"
#include "trial/proof.h"

namespace oakum::trial {

// At most 200 lines, each text once.
std::vector<ErrorLine> find_errors(std::string_view log);
// One line; `kind` is "" when it is no such line.
ErrorLine read_error(std::string_view line);

// The directory that has to be writable for `path` to be written; "" when it is none that a tmpfs may cover: the root,
// and where programs and their configuration are.
std::string directory_to_write(std::string_view path);

}  // namespace oakum::trial
