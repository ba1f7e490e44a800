// .env files: https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "read/compose/interpolate.h"

namespace oakum::compose {

// Adds what `text` assigns to `environment`; names that are there keep their value. Lines that assign nothing are
// skipped, as are assignments of values that are not known. Values are interpolated unless in single quotes.
void read_dotenv(std::string_view text, Environment& environment);

struct DotenvLine {
  std::string name;
  Interpolated value;
  std::size_t begin = 0, end = 0;  // of the assignment in the text, without the line's end
};
// Every assignment in order, those of values that are not known too; at most `limit`. Variables have the
// values of `environment`, else of what is assigned further up. `raw`: a value is the rest of its line as it stands.
std::vector<DotenvLine> dotenv_lines(std::string_view text, const Environment& environment, bool raw,
                                     std::size_t limit);

}  // namespace oakum::compose
