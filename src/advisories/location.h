// Where the advisory database and the feeds that it is built from are when the user does not say.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/error.h"

namespace oakum::advisories {

// An environment variable's value; nullopt when it is not set.
using Variables = std::function<std::optional<std::string>(const char* name)>;
std::optional<std::string> process_variable(const char* name);

// $OAKUM_DB, else oakum/db/oakum.db below $XDG_CACHE_HOME or ~/.cache (XDG Base Directory specification: a relative
// $XDG_CACHE_HOME counts as not set).
Result<std::string> default_database_path(const Variables& variables = process_variable);

// Where `oakum db update` keeps what it fetched: oakum/feeds below the same.
Result<std::string> default_mirror_path(const Variables& variables = process_variable);

}  // namespace oakum::advisories
