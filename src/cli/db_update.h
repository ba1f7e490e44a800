// `oakum db update`, and what it shares with the other db commands.
#pragma once

#include <string>
#include <vector>

#include "advisories/database.h"
#include "base/error.h"
#include "cli/command.h"

namespace oakum::cli {

void add_db_update(CLI::App& db, Run& run);

// An error (usage) that names the nearest known feed.
Status check_feed_names(const std::vector<std::string>& names);

// What was built, and what of it could not be read, on stderr.
void tell_built(const advisories::BuildResult& built, const std::string& path);

}  // namespace oakum::cli
