#include "net/auth_challenge.h"

#include <gtest/gtest.h>

namespace oakum::net {
namespace {

TEST(AuthChallenge, ReadsDockersBearerChallenge) {
  const auto challenges = parse_auth_challenges(
      R"(Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push")");
  ASSERT_EQ(challenges.size(), 1U);
  EXPECT_EQ(challenges[0].scheme, "bearer");
  EXPECT_EQ(challenges[0].parameter("realm"), "https://auth.docker.io/token");
  EXPECT_EQ(challenges[0].parameter("scope"), "repository:a/b:pull,push");
  EXPECT_EQ(challenges[0].parameter("error"), "");
}

TEST(AuthChallenge, ReadsSeveralInOneHeader) {
  const auto challenges = parse_auth_challenges(R"(Negotiate, Basic Realm = "a \"b\", c" , bearer realm=x,service=y)");
  ASSERT_EQ(challenges.size(), 3U);
  EXPECT_EQ(challenges[0].scheme, "negotiate");
  EXPECT_EQ(challenges[1].parameter("realm"), "a \"b\", c");
  EXPECT_EQ(challenges[2].parameter("service"), "y");
}

TEST(AuthChallenge, SurvivesNonsense) {
  EXPECT_TRUE(parse_auth_challenges("").empty());
  EXPECT_TRUE(parse_auth_challenges(" ,, \"").empty());
  EXPECT_EQ(parse_auth_challenges("Bearer realm=\"unterminated").size(), 1U);
  EXPECT_EQ(parse_auth_challenges("Bearer realm=").size(), 1U);
  EXPECT_EQ(parse_auth_challenges("a=b Basic").size(), 1U);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "Basic a=b, ";
  EXPECT_LE(parse_auth_challenges(many).size(), 16U);
}

}  // namespace
}  // namespace oakum::net
