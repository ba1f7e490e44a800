#include "advisories/location.h"

#include <cstdlib>

namespace oakum::advisories {

namespace {

Result<std::string> cache_folder(const Variables& variables) {
  if (const auto cache = variables("XDG_CACHE_HOME"); cache && cache->starts_with('/')) return *cache;
  if (const auto home = variables("HOME"); home && home->starts_with('/')) return *home + "/.cache";
  return fail(ErrorCode::usage, "advisory database", "there is no home to look for it in: HOME is not set",
              "name the file with OAKUM_DB");
}

}  // namespace

std::optional<std::string> process_variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  return value;
}

Result<std::string> default_database_path(const Variables& variables) {
  if (const auto path = variables("OAKUM_DB"); path && !path->empty()) return *path;
  OAKUM_TRY(const std::string cache, cache_folder(variables));
  return cache + "/oakum/db/oakum.db";
}

Result<std::string> default_mirror_path(const Variables& variables) {
  OAKUM_TRY(const std::string cache, cache_folder(variables));
  return cache + "/oakum/feeds";
}

}  // namespace oakum::advisories
