#include "rules/kubernetes/secret_words.h"

#include <gtest/gtest.h>

namespace oakum::rules {
namespace {

TEST(SecretWords, TheLastWordOfANameDecides) {
  for (const std::string_view name : {"PASSWORD", "DB_PASSWORD", "db.password", "dbPassword", "API_KEY", "apiKey",
                                      "SECRET_ACCESS_KEY", "github-token", "client_secret", "credentials"}) {
    EXPECT_TRUE(is_secret_name(name)) << name;
  }
  for (const std::string_view name : {"", "PASSWORD_FILE", "TOKEN_TTL", "SECRET_NAME", "key", "PRIMARY_KEY", "monkey",
                                      "compass", "tokens_per_second", "KEY_ALIAS"}) {
    EXPECT_FALSE(is_secret_name(name)) << name;
  }
}

TEST(SecretWords, CommentsAreLinesThatSayNothing) {
  for (const std::string_view line : {"", "  # password: x", "; x", "// x"}) EXPECT_TRUE(is_comment(line)) << line;
  EXPECT_FALSE(is_comment("requirepass x"));
}

TEST(SecretWords, PlainValuesAreNoVariablesPathsSwitchesOrNumbers) {
  EXPECT_TRUE(is_plain_value("hunter2"));
  EXPECT_TRUE(is_plain_value("\"hunter2\""));
  for (const std::string_view value :
       {"", "\"\"", "${X}", "$(X)", "{{ x }}", "/run/secrets/x", "$__file{/x}", "true", "None", "3600", "<fill in>"}) {
    EXPECT_FALSE(is_plain_value(value)) << value;
  }
}

TEST(SecretWords, SettingsOfALine) {
  using Setting = std::pair<std::string_view, std::string_view>;
  EXPECT_EQ(setting_of("a.b=c"), Setting("a.b", "c"));
  EXPECT_EQ(setting_of("  export A=b"), Setting("A", "b"));
  EXPECT_EQ(setting_of("  \"password\": \"x\","), Setting("password", "\"x\""));
  EXPECT_EQ(setting_of("{\"token\": \"x y\", \"ttl\": 5}"), Setting("token", "\"x y\""));
  EXPECT_EQ(setting_of("- secret: x"), Setting("secret", "x"));
  for (const std::string_view line : {"", "# a=b", "no setting", "=x", "two words: x"}) {
    EXPECT_FALSE(setting_of(line).has_value()) << line;
  }
}

}  // namespace
}  // namespace oakum::rules
