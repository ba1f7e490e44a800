#include "model/ignore.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

struct Case {
  const char* pattern;
  const char* path;
  bool matches;
};

TEST(Ignore, MatchesAsTheBuilderDoes) {
  const Case cases[] = {
      {".git", ".git", true},
      {".git", ".git/config", true},
      {".git", "vendor/.git", false},
      {".git", ".gitignore", false},
      {"**/.git", ".git", true},
      {"**/.git", "vendor/x/.git/HEAD", true},
      {"**/.git", "x.git", false},
      {"/node_modules/", "node_modules/a.js", true},
      {"*.pem", "key.pem", true},
      {"*.pem", "certs/key.pem", false},
      {"*/*.pem", "certs/key.pem", true},
      {"certs/**", "certs/a/b", true},
      {"certs/**", "certs", false},
      {"**", "anything/at/all", true},
      {"a/**/z", "a/z", true},
      {"a/**/z", "a/b/c/z", true},
      {"a/**/z", "a/bz", false},
      {"?.env", "a.env", true},
      {"?.env", "/.env", false},
      {"[a-c]x", "bx", true},
      {"[^a-c]x", "bx", false},
      {"[^a-c]x", "dx", true},
      {"\\*", "*", true},
      {"\\*", "a", false},
      {"[", "[", true},
      {"", "a", false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(matches_path_or_parent(c.pattern, c.path), c.matches) << c.pattern << " on " << c.path;
  }
}

TEST(Ignore, TheLastPatternThatMatchesDecides) {
  const std::vector<IgnorePattern> patterns = {{"*", false, 1}, {"src", true, 2}, {"src/*.key", false, 3}};
  EXPECT_TRUE(is_ignored(patterns, ".env"));
  EXPECT_FALSE(is_ignored(patterns, "src/main.go"));
  EXPECT_TRUE(is_ignored(patterns, "src/tls.key"));
  EXPECT_FALSE(is_ignored({}, ".env"));
}

TEST(Ignore, ManyStarsTakeNoLonger) {
  std::string pattern;
  for (int i = 0; i < 500; ++i) pattern += "**/*a";
  EXPECT_FALSE(matches_path_or_parent(pattern, std::string(2000, 'b')));
}

}  // namespace
}  // namespace oakum
