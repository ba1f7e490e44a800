#include "rules/build/secret_text.h"

#include <gtest/gtest.h>

namespace oakum::rules {
namespace {

std::string host(std::string text, bool expands = false) {
  const shell::Word word{.text = std::move(text), .expands = expands};
  return std::string(host_with_password(word));
}

std::string variable(std::string text, bool expands = true) {
  const shell::Word word{.text = std::move(text), .expands = expands};
  return std::string(secret_variable(word));
}

TEST(SecretText, TokensAreKnownByPrefixAndLength) {
  EXPECT_TRUE(has_token("x ghp_0123456789abcdefghij0123456789abcdef y"));
  EXPECT_TRUE(has_token("-----BEGIN RSA PRIVATE KEY-----\nx"));
  EXPECT_TRUE(has_token("https://oauth2:glpat-0123456789_abcdefg-h@x"));
  EXPECT_FALSE(has_token("ghp_short"));
  EXPECT_FALSE(has_token("npm_config_build_from_source_and_more_and_more=true"));
  EXPECT_FALSE(has_token("xghp_0123456789abcdefghij0123456789abcdef"));
  EXPECT_FALSE(has_token("-----BEGIN PUBLIC KEY-----"));
  EXPECT_FALSE(has_token(""));
}

TEST(SecretText, AddressesWithAPassword) {
  EXPECT_EQ(host("https://a:b@h.org/x"), "h.org");
  EXPECT_EQ(host("git+https://a:b@h.org:8443/x@v1"), "h.org:8443");
  EXPECT_EQ(host("https://a:p@ss@h.org"), "h.org");
  EXPECT_EQ(host("https://${TOKEN}@h.org", true), "h.org");
  EXPECT_EQ(host("https://${TOKEN}@h.org", false), "");
  EXPECT_EQ(host("https://ghp_0123456789abcdefghij0123456789abcdef@h.org"), "h.org");
  EXPECT_EQ(host("ssh://git@h.org/x"), "");
  EXPECT_EQ(host("https://a:@h.org"), "");
  EXPECT_EQ(host("https://h.org/a:b@c"), "");
  EXPECT_EQ(host("a:b@h.org"), "");
  EXPECT_EQ(host("://@"), "");
}

TEST(SecretText, VariablesByTheirName) {
  EXPECT_EQ(variable("x${NPM_TOKEN}y"), "NPM_TOKEN");
  EXPECT_EQ(variable("$HOME/$DB_PASSWORD"), "DB_PASSWORD");
  EXPECT_EQ(variable("$HOME"), "");
  EXPECT_EQ(variable("$DB_PASSWORD", false), "");
  EXPECT_EQ(variable("$"), "");
  EXPECT_EQ(variable("${"), "");
}

}  // namespace
}  // namespace oakum::rules
