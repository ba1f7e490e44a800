// Checks on tables of versions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "versions/version.h"

namespace oakum::versions {

inline std::string key_of(VersionScheme scheme, const std::string& text) {
  Result<std::string> made = key(scheme, text);
  EXPECT_TRUE(made.has_value()) << to_string(scheme) << " refused \"" << text << "\"";
  return made ? *made : std::string();
}

// Every version is below every later one.
inline void expect_ascending(VersionScheme scheme, const std::vector<std::string>& versions) {
  for (std::size_t i = 0; i < versions.size(); ++i)
    for (std::size_t j = i + 1; j < versions.size(); ++j)
      EXPECT_LT(key_of(scheme, versions[i]), key_of(scheme, versions[j])) << versions[i] << " < " << versions[j];
}

inline void expect_equal(VersionScheme scheme, const std::vector<std::pair<std::string, std::string>>& pairs) {
  for (const auto& [a, b] : pairs) EXPECT_EQ(key_of(scheme, a), key_of(scheme, b)) << a << " = " << b;
}

inline void expect_refused(VersionScheme scheme, const std::vector<std::string>& versions) {
  for (const std::string& text : versions) {
    const Result<std::string> made = key(scheme, text);
    ASSERT_FALSE(made.has_value()) << to_string(scheme) << " took \"" << text << "\"";
    EXPECT_EQ(made.error().code, ErrorCode::invalid);
  }
}

}  // namespace oakum::versions
