#pragma once

#include <string>

#include "advisories/location.h"
#include "base/error.h"

namespace oakum::cli {

// What --db said, else where databases are kept.
inline Result<std::string> database_path(const std::string& typed) {
  if (!typed.empty()) return typed;
  return advisories::default_database_path();
}

}  // namespace oakum::cli
