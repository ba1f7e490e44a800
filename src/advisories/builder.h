// build_database() with the feeds given rather than taken from the table.
#pragma once

#include <span>
#include <string>

#include "advisories/database.h"
#include "advisories/feed.h"

namespace oakum::advisories {

Result<BuildResult> build_database_of(std::span<const Feed> feeds, const std::string& mirror, const std::string& output,
                                      const BuildOptions& options);

}  // namespace oakum::advisories
