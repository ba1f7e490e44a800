#include "rules/kit/secrets.h"

#include <initializer_list>
#include <vector>

#include <gtest/gtest.h>

namespace oakum::rules {
namespace {

TEST(SecretNames, AreToldByTheirWords) {
  for (const char* name : {"PASSWORD", "DB_PASSWORD", "db-password", "apiToken_SECRET", "APIKEY", "API_KEY",
                           "AWS_SECRET_ACCESS_KEY", "spring.datasource.password"})
    EXPECT_TRUE(names_a_secret(name)) << name;
  for (const char* name :
       {"", "PASSWORD_FILE", "PRIMARY_KEY", "AWS_ACCESS_KEY_ID", "SECRET_NAME", "TOKEN_TTL", "PASSPORT", "SECRETARY",
        "KEY_ALIAS", "PASSWORD_MIN_LENGTH", "CLIENT_SECRET_PATH", "TOKENIZER"})
    EXPECT_FALSE(names_a_secret(name)) << name;
}

TEST(SecretValues, OfTheSamePlainnessAreHarmless) {
  for (const char* value : {"", "true", " FALSE ", "${DB_PASSWORD}", "$(DB_PASSWORD)", "/run/secrets/db", "./secret",
                            "https://login.example.org", "<password>", "{{ password }}"})
    EXPECT_TRUE(is_harmless_value(value)) << value;
  for (const char* value : {"hunter2", "changeme", "2", "true-story"}) EXPECT_FALSE(is_harmless_value(value)) << value;
}

TEST(SecretVariables, WithWeakNamesNeedARandomValue) {
  EXPECT_FALSE(secret_in_variable("CACHE_KEY", "frontpage"));
  EXPECT_FALSE(secret_in_variable("MFA_AUTH", "true"));
  EXPECT_TRUE(secret_in_variable("APP_KEY", "base64-Zm9vYmFyYmF6cXV4Cg0123456789=="));
  EXPECT_FALSE(secret_in_variable("PUBLIC_KEY", "AAAAB3NzaC1yc2EAAAADAQABAAABgQ0123456789"));
}

TEST(SecretVariables, AreToldByKind) {
  const auto named = secret_in_variable("DB_PASSWORD", "hunter2");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->kind, SecretKind::named);
  const auto token = secret_in_variable("X", "AKIAIOSFODNN7EXAMPLE");
  ASSERT_TRUE(token);
  EXPECT_EQ(token->kind, SecretKind::token);
  const auto connection = secret_in_variable("DATABASE_URL", "mysql://root:hunter2@db:3306/app");
  ASSERT_TRUE(connection);
  EXPECT_EQ(connection->kind, SecretKind::connection);
  EXPECT_EQ(connection->what.find("hunter2"), std::string::npos);
}

TEST(Tokens, AreWholeWords) {
  EXPECT_EQ(known_token("AKIAIOSFODNN7EXAMPLE"), "an AWS access key");
  EXPECT_EQ(known_token("key=ghp_0123456789abcdefghijklmnopqrstuvwxyz;"), "a GitHub token");
  EXPECT_EQ(known_token("-----BEGIN RSA PRIVATE KEY-----\nMII"), "a private key");
  EXPECT_EQ(known_token("-----BEGIN PUBLIC KEY-----\nMII"), "");
  EXPECT_EQ(known_token("ghp_short"), "");
  EXPECT_EQ(known_token("XAKIAIOSFODNN7EXAMPLE"), "");
}

TEST(ConnectionStrings, HoldAPasswordOrNot) {
  for (const char* value : {"postgres://app:hunter2@db/app", "redis://:hunter2@cache:6379", "a,amqp://u:p@mq/",
                            "Server=db;User=sa;Password=hunter2;", "jdbc:mysql://db/app?user=a&password=hunter2"})
    EXPECT_TRUE(has_connection_password(value)) << value;
  for (const char* value :
       {"postgres://app@db/app", "postgres://app:@db", "postgres://app:${PASSWORD}@db", "http://example.org:8080/a@b",
        "Server=db;Password=;", "password=hunter2", "https://example.org/?q=a:b@c"})
    EXPECT_FALSE(has_connection_password(value)) << value;
}

std::string hidden(std::string_view text, std::uint32_t begin, std::initializer_list<std::string_view> values) {
  return line_without(text, {.begin = begin}, std::vector<std::string_view>(values));
}

TEST(Excerpts, ShowTheLineWithoutTheSecret) {
  EXPECT_EQ(hidden("a: b\n  PASSWORD: \"hunter2\" # hunter2\nc: d\n", 7, {"hunter2"}),
            "  PASSWORD: \"*******\" # *******");
  EXPECT_EQ(hidden("app --password x1 --token x2", 0, {"x1", "x2"}), "app --password ** --token **");
  EXPECT_EQ(hidden("- PASSWORD=a\\u0062c", 2, {"abc"}), "- PASSWORD=***");
  EXPECT_EQ(hidden("PASSWORD: |", 0, {"two\nlines"}), "PASSWORD:***");
  EXPECT_EQ(hidden("x", 1, {"y"}), "x***");
  EXPECT_EQ(hidden("", 7, {""}), "***");
}

TEST(PlaceOfValue, IsWhereItStandsOnce) {
  constexpr std::string_view kText = "args:\n  - --user\n  - ab cd\n";
  const Span all{.begin = 6, .end = 26, .line = 2, .column = 1, .end_line = 4, .end_column = 1};
  const auto place = place_of_value(kText, all, "cd");
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(kText.substr(place->begin, place->end - place->begin), "cd");
  EXPECT_EQ(place->line, 3U);
  EXPECT_EQ(place->column, 8U);
  EXPECT_EQ(place->end_column, 10U);
  const auto first = place_of_value(kText, all, "--user");
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->line, 2U);
  EXPECT_EQ(first->column, 5U);
}

TEST(PlaceOfValue, IsNoneForWhatIsNotThereTwiceThereOrOutside) {
  constexpr std::string_view kText = "a b a\n";
  const Span all{.begin = 0, .end = 6, .line = 1, .column = 1, .end_line = 2, .end_column = 1};
  EXPECT_FALSE(place_of_value(kText, all, "c").has_value());
  EXPECT_FALSE(place_of_value(kText, all, "a").has_value());
  EXPECT_FALSE(place_of_value(kText, all, "").has_value());
  EXPECT_FALSE(place_of_value(kText, all, "a\n").has_value());
  EXPECT_FALSE(place_of_value(kText, {.begin = 0, .end = 99, .line = 1, .column = 1}, "b").has_value());
}

}  // namespace
}  // namespace oakum::rules
