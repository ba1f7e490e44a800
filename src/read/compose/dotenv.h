// .env files: https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
#pragma once

#include <string_view>

#include "read/compose/interpolate.h"

namespace oakum::compose {

// Adds what `text` assigns to `environment`; names that are there keep their value. Lines that assign nothing are
// skipped, as are assignments of values that are not known. Values are interpolated unless in single quotes.
void read_dotenv(std::string_view text, Environment& environment);

}  // namespace oakum::compose
