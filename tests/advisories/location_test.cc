#include "advisories/location.h"

#include <map>

#include <gtest/gtest.h>

namespace oakum::advisories {
namespace {

Variables with(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const char* name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST(DefaultDatabasePath, FollowsTheEnvironmentInOrder) {
  EXPECT_EQ(default_database_path(with({{"OAKUM_DB", "x.db"}, {"HOME", "/h"}})).value(), "x.db");
  EXPECT_EQ(default_database_path(with({{"XDG_CACHE_HOME", "/c"}, {"HOME", "/h"}})).value(), "/c/oakum/db/oakum.db");
  EXPECT_EQ(default_database_path(with({{"HOME", "/h"}})).value(), "/h/.cache/oakum/db/oakum.db");
  EXPECT_EQ(default_mirror_path(with({{"HOME", "/h"}})).value(), "/h/.cache/oakum/feeds");
}

TEST(DefaultDatabasePath, IgnoresARelativeCacheFolderAndFailsWithoutAny) {
  EXPECT_EQ(default_database_path(with({{"XDG_CACHE_HOME", "c"}, {"HOME", "/h"}})).value(),
            "/h/.cache/oakum/db/oakum.db");
  const auto none = default_database_path(with({}));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace oakum::advisories
