// Constraints: VERSION, CONSTRAINT and whether one satisfies the other, in the syntax of each package manager.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "versions/version.h"

namespace oakum::versions {
namespace {

struct Case {
  std::string version;
  std::string constraint;
  bool satisfied;
};

void expect_satisfies(VersionScheme scheme, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const Result<bool> said = satisfies(scheme, c.version, c.constraint);
    ASSERT_TRUE(said.has_value()) << c.version << " | " << c.constraint << ": " << said.error().message();
    EXPECT_EQ(*said, c.satisfied) << c.version << " | " << c.constraint;
  }
}

void expect_refused(VersionScheme scheme, const std::vector<std::string>& constraints) {
  for (const std::string& constraint : constraints) {
    const Result<bool> said = satisfies(scheme, "1.0.0", constraint);
    ASSERT_FALSE(said.has_value()) << to_string(scheme) << " took \"" << constraint << "\"";
    EXPECT_EQ(said.error().code, ErrorCode::invalid);
  }
}

TEST(Constraint, Deb) {
  expect_satisfies(VersionScheme::deb, {{"1.0-1", ">= 1.0", true},
                                        {"1.0~rc1", ">= 1.0", false},
                                        {"1.0", "<< 1.0", false},
                                        {"1.0", "<= 1.0", true},
                                        {"1.0", "< 1.0", true},
                                        {"1.0", ">> 1.0~", true},
                                        {"1.0-0", "= 1.0", true},
                                        {"1.5", ">= 1.0, << 2.0", true},
                                        {"2.0", ">=1.0,<<2.0", false}});
  expect_refused(VersionScheme::deb, {"", "1.0", "~> 1.0", ">=", "=> 1.0", "!= 1", ">= 1.0-"});
}

TEST(Constraint, RpmLooksAtAReleaseOnlyWhereBothHaveOne) {
  expect_satisfies(VersionScheme::rpm, {{"1.0-5.el9", "= 1.0", true},
                                        {"1.0-5.el9", "= 1.0-4", false},
                                        {"1.0-5.el9", "> 1.0", false},
                                        {"1.0-5.el9", ">= 1.0-5", true},
                                        {"1:0.5-1", "> 2.0", true},
                                        {"1.5", ">= 1.0, < 2", true},
                                        {"2.0~rc1-1", "< 2.0", true},
                                        {"1.0", "= 1.0-9", true}});
  expect_refused(VersionScheme::rpm, {"1.0", "<< 1", ""});
}

TEST(Constraint, Apk) {
  expect_satisfies(VersionScheme::apk, {{"1.2.3-r1", "~1.2", true},
                                        {"1.23", "~1.2", false},
                                        {"1.2.3-r1", "=~1.2.3", true},
                                        {"1.3", ">~1.2", true},
                                        {"1.1", ">~1.2", false},
                                        {"1.2.3", ">1.2", true},
                                        {"1.2_rc1", "<1.2", true},
                                        {"1.2", "><1.2", false},
                                        {"1.3", "><1.2", true},
                                        {"1.5", ">=1.0 <2", true},
                                        {"2", ">= 1.0, < 2", false}});
  expect_refused(VersionScheme::apk, {"1.0", ">>1.0", "", ">", "=a"});
}

TEST(Constraint, PacmanAndOpkg) {
  expect_satisfies(
      VersionScheme::pacman,
      {{"1.0-2", "=1.0", true}, {"1.0-2", "=1.0-1", false}, {"1.0rc1-1", "<1.0", true}, {"1:1-1", ">=9", true}});
  expect_satisfies(VersionScheme::opkg,
                   {{"1.0-r1", ">= 1.0", true}, {"1.0~a", "<< 1.0", true}, {"1.0", "> 1.0", true}});
}

TEST(Constraint, Npm) {
  expect_satisfies(VersionScheme::npm, {{"1.9.9", "^1.2.3", true},
                                        {"2.0.0", "^1.2.3", false},
                                        {"0.2.9", "^0.2.3", true},
                                        {"0.3.0", "^0.2.3", false},
                                        {"0.0.3", "^0.0.3", true},
                                        {"0.0.4", "^0.0.3", false},
                                        {"1.2.9", "~1.2.3", true},
                                        {"1.3.0", "~1.2.3", false},
                                        {"1.9.0", "~1", true},
                                        {"1.2.3", "1.2.x", true},
                                        {"1.2.3", "*", true},
                                        {"1.2.3", "", true},
                                        {"1.2.3-a", "*", false},
                                        {"2.3.4", "1.2.3 - 2.3.4", true},
                                        {"2.3.9", "1.2 - 2.3", true},
                                        {"2.4.0", "1.2 - 2.3", false},
                                        {"3.1.0", "^1.2 || >=3", true},
                                        {"2.0.0", "^1.2 || >=3", false},
                                        {"1.2.3-alpha.7", ">1.2.3-alpha.3", true},
                                        {"3.4.5-alpha.9", ">1.2.3-alpha.3", false},
                                        {"1.2.3-beta.4", "^1.2.3-beta.2", true},
                                        {"1.2.4-beta.2", "^1.2.3-beta.2", false},
                                        {"1.3.0", ">1.2", true},
                                        {"1.2.9", ">1.2", false},
                                        {"1.2.9", "<=1.2", true},
                                        {"1.2.0-a", "<1.2", false},
                                        {"1.2.3", ">= 1.2.0 < 2", true},
                                        {"1.2.3", "v1.2.3", true},
                                        {"1.2.3", "=1.2.3", true},
                                        {"1.2.3", "~>1.2", true}});
  expect_refused(VersionScheme::npm, {"foo", "^a", ">>1", "1.2.3.4", "^1.2.03", "1.2.3 -- 2", "~=1.0 && 2"});
}

TEST(Constraint, Pep440) {
  expect_satisfies(VersionScheme::pep440, {{"1.4.5", "~=1.4,!=1.5", true},
                                           {"1.5", "~=1.4,!=1.5", false},
                                           {"2.0", "~=1.4", false},
                                           {"1.4.9", "~=1.4.2", true},
                                           {"1.5", "~=1.4.2", false},
                                           {"1.1.post1", "==1.1", false},
                                           {"1.1.post1", "==1.1.*", true},
                                           {"1.1a1", "==1.1.*", true},
                                           {"1.1", "==1.1.0", true},
                                           {"1.1+local", "==1.1", true},
                                           {"1.1+local", "==1.1+other", false},
                                           {"1.0rc1", "<1.0", false},
                                           {"1.0rc1", "<1.0rc2", true},
                                           {"0.9rc1", "<1.0", true},
                                           {"1.0.post1", ">1.0", false},
                                           {"1.0.post2", ">1.0.post1", true},
                                           {"1.0+l", ">1.0", false},
                                           {"1.0.1", ">1.0", true},
                                           {"1.0+l", "<=1.0", true},
                                           {"1.0", "===1.0", true},
                                           {"1.0.0", "===1.0", false},
                                           {"1.0", "", true},
                                           {"1!1.0", ">2.0", true},
                                           {"1.0", "!=1.*", false}});
  expect_refused(VersionScheme::pep440, {"1.0", "~=1", ">=1.*", "=1.0", ">1.0+local", "==1.0a1.*", ">= 1 2", "=="});
}

TEST(Constraint, Gem) {
  expect_satisfies(VersionScheme::gem, {{"2.9", "~> 2.1", true},
                                        {"3.0", "~> 2.1", false},
                                        {"2.1.9", "~> 2.1.3", true},
                                        {"2.2", "~> 2.1.3", false},
                                        {"2.0", "~> 2.1", false},
                                        {"3.0.a", "~> 2.1", false},
                                        {"1.5", ">= 1.0, < 2", true},
                                        {"2.0.pre", "< 2", true},
                                        {"1.0.0", "1.0", true},
                                        {"1.1", "!= 1.0", true},
                                        {"1.9", "~> 1", true},
                                        {"2", "~>1", false}});
  expect_refused(VersionScheme::gem, {"", "~> x", ">> 1", "1.0,", "== 1.0"});
}

TEST(Constraint, Maven) {
  expect_satisfies(VersionScheme::maven, {{"1.0", "[1.0,2.0)", true},
                                          {"2.0", "[1.0,2.0)", false},
                                          {"2.0-SNAPSHOT", "[1.0,2.0)", true},
                                          {"1.0", "(1.0,)", false},
                                          {"0.5", "(,1.0]", true},
                                          {"1.5", "[1.5]", true},
                                          {"1.1", "(,1.0],[1.2,)", false},
                                          {"1.3", "(,1.0],[1.2,)", true},
                                          {"9", "1.0", true},
                                          {"1.0-final", "[1.0]", true},
                                          {"1", "(,)", true}});
  expect_refused(VersionScheme::maven, {"[1.0", "(1.0)", "[2.0,1.0]", "[1,2],1.5", "[1,3],[2,4]", "(1.0,1.0]"});
}

TEST(Constraint, Nuget) {
  expect_satisfies(VersionScheme::nuget, {{"1.0", "1.0", true},
                                          {"2.0", "1.0", true},
                                          {"0.9", "1.0", false},
                                          {"1.5", "[1.0,2.0)", true},
                                          {"2.0", "[1.0,2.0)", false},
                                          {"1.0", "(1.0,)", false},
                                          {"1.0.0", "[1.0]", true},
                                          {"1.9", "1.*", true},
                                          {"2.0", "1.*", false},
                                          {"1.5-beta", "1.*", false},
                                          {"1.0.0-Beta.2", "1.0.0-beta.*", true},
                                          {"1.0.0", "1.0.0-*", true},
                                          {"1.2.3.4", "1.2.3.*", true},
                                          {"3.0", "*", true}});
  expect_refused(VersionScheme::nuget, {"", "(1.0)", "[1.0,2.0", "[,]", "a", "1.*.2", "[]"});
}

TEST(Constraint, Composer) {
  expect_satisfies(VersionScheme::composer,
                   {{"1.9", "^1.2", true},          {"2.0", "^1.2", false},         {"0.3.9", "^0.3.2", true},
                    {"0.4", "^0.3", false},         {"1.9", "~1.2", true},          {"1.2.9", "~1.2.3", true},
                    {"1.3", "~1.2.3", false},       {"1.2.5", "1.2.*", true},       {"1.5", "1.0 - 2.0", true},
                    {"2.0.9", "1.0 - 2.0", true},   {"2.1", "1.0 - 2.0", false},    {"2.0.1", "1.0.0 - 2.0.0", false},
                    {"3.0", "^1 || ^3", true},      {"3.0", "^1|^3", true},         {"1.5", ">=1.0 <2.0", true},
                    {"1.5", ">=1.0,<1.5", false},   {"1.0.0-beta1", ">=1.0", true}, {"1.0-RC1", ">=1.0@stable", true},
                    {"dev-main", "dev-main", true}, {"dev-main", ">=1.0", false},   {"1.0", "*", true},
                    {"1.1", "!=1.1", false}});
  expect_refused(VersionScheme::composer, {"~>1.0", "foo", "^a", "1.0 || ", ">=", "1.0 - "});
}

TEST(Constraint, Crates) {
  expect_satisfies(VersionScheme::crates, {{"1.9.9", "1.2.3", true},
                                           {"2.0.0", "^1.2.3", false},
                                           {"0.2.9", "0.2.3", true},
                                           {"0.3.0", "0.2", false},
                                           {"0.0.3", "0.0.3", true},
                                           {"0.0.4", "0.0.3", false},
                                           {"1.2.9", "~1.2.3", true},
                                           {"1.3.0", "~1.2", false},
                                           {"1.2.3", "1.2.*", true},
                                           {"1.9.0", "1.*", true},
                                           {"1.5.0", ">=1.0, <2", true},
                                           {"2.0.0", ">1", true},
                                           {"1.5.0", ">1", false},
                                           {"1.5.0", "<=1", true},
                                           {"1.0.0-rc.1", "^1.0.0-alpha", true},
                                           {"1.0.1-rc.1", "^1.0.0-alpha", false},
                                           {"1.0.0-rc.1", "*", false},
                                           {"1.2.3", "=1.2", true}});
  expect_refused(VersionScheme::crates, {"", "a", "1.*.3", "01.0", "1.2-rc", ">=1 <2", "1,,2", "~>1.0"});
}

TEST(Constraint, GoAndSemver) {
  expect_satisfies(VersionScheme::go, {{"v1.5.0", ">= 1.0, < 2", true},
                                       {"v1.2.3", "v1.2.0", true},
                                       {"v1.1.0", "v1.2.0", false},
                                       {"go1.22rc1", "< 1.22.0", true},
                                       {"go1.22.1 X:boringcrypto", ">=1.22.1", true}});
  expect_satisfies(VersionScheme::semver, {{"1.5.0", ">=1.0.0 <2.0.0", true},
                                           {"1.0.0-rc.1", "<1.0.0", true},
                                           {"1.0.0", "1.0.0", true},
                                           {"1.0.0", "!=1.0.0", false}});
  expect_refused(VersionScheme::semver, {"", "^1.0.0", ">>1.0.0"});
}

TEST(Constraint, RefusesAnOverlongOne) {
  const Result<bool> said = satisfies(VersionScheme::npm, "1.0.0", std::string(kMaxConstraintLength + 1, '1'));
  ASSERT_FALSE(said.has_value());
  EXPECT_EQ(said.error().code, ErrorCode::limit);
}

}  // namespace
}  // namespace oakum::versions
