// `oakum db update`: fetch what changed upstream, then build the database from all that the mirror folder holds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "advisories/database.h"
#include "advisories/download.h"
#include "advisories/feed.h"

namespace oakum::advisories {

struct UpdateOptions {
  std::vector<std::string> only;  // names of feeds to fetch; empty: all
  std::string mirror_url;         // in place of the upstream sites: URL/PATH
  std::size_t connections = 4;
  net::RetryPolicy retry;
  std::function<void(std::string_view feed, std::string_view path)> fetching;  // from one thread at a time
  BuildOptions build;
};

struct FileUpdate {
  std::string feed;
  std::string path;
  std::optional<Fetched> fetched;  // empty: it failed, and the file of before, if any, is still there
  std::optional<Error> error;
};

// One entry per file, and per index that could not be read, in the order of feeds. A file that fails leaves all others,
// and its own old copy, as they are.
Result<std::vector<FileUpdate>> fetch_feeds(std::span<const Feed> feeds, const std::string& folder,
                                            const UpdateOptions& options);

struct UpdateResult {
  std::vector<FileUpdate> files;
  std::optional<BuildResult> build;  // empty: nothing changed since `output` was built
};

// An error only when there is no database to work with at the end; files that failed are in the result.
Result<UpdateResult> update_database_of(std::span<const Feed> feeds, const std::string& folder,
                                        const std::string& output, const UpdateOptions& options);
Result<UpdateResult> update_database(const std::string& folder, const std::string& output,
                                     const UpdateOptions& options);

}  // namespace oakum::advisories
