#include "net/credentials.h"

#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/fd.h"

namespace oakum::net {
namespace {

class CredentialsTest : public ::testing::Test {
 protected:
  std::string write(const std::string& name, std::string_view text, unsigned mode = 0600) {
    const std::string path = directory_.path() + "/" + name;
    EXPECT_TRUE(write_file_atomically(path, text, mode));
    return path;
  }
  TemporaryDirectory directory_ = std::move(*TemporaryDirectory::create("oakum-test"));
};

TEST_F(CredentialsTest, ReadsAuthsByHostAndLongestPath) {
  const std::string file = write("auth.json", R"({"auths":{
    "https://index.docker.io/v1/":{"auth":"aHViOnB3OmNvbG9u"},
    "quay.io":{"auth":"cTpx"},"quay.io/team/app":{"username":"deep","password":"x"},
    "token.example":{"identitytoken":"refresh"}}})");
  EXPECT_EQ(find_credentials({file}, "docker.io", "library/nginx")->password, "pw:colon");
  EXPECT_EQ(find_credentials({file}, "quay.io", "team/app/sub")->username, "deep");
  EXPECT_EQ(find_credentials({file}, "quay.io", "team/apple")->username, "q");
  EXPECT_EQ(find_credentials({file}, "token.example", "a")->identity_token, "refresh");
  EXPECT_TRUE(find_credentials({file}, "other.example", "a")->empty());
}

TEST_F(CredentialsTest, AsksTheHelperOfTheHostAndThenTheStore) {
  write("docker-credential-oakumtest",
        "#!/bin/sh\nread host\n[ \"$1\" = get ] && [ \"$host\" = helped.example ] && "
        "echo '{\"ServerURL\":\"helped.example\",\"Username\":\"<token>\",\"Secret\":\"t0k\"}' && exit 0\n"
        "echo 'credentials not found in native keychain'; exit 1\n",
        0755);
  const std::string path = std::string(std::getenv("PATH"));
  ::setenv("PATH", (directory_.path() + ":" + path).c_str(), 1);
  const std::string file =
      write("config.json", R"({"credHelpers":{"helped.example":"oakumtest"},"credsStore":"oakumtest"})");
  EXPECT_EQ(find_credentials({file}, "helped.example", "a")->identity_token, "t0k");
  const auto unknown = find_credentials({file}, "elsewhere.example", "a");
  ASSERT_TRUE(unknown);
  EXPECT_TRUE(unknown->empty());
  ::setenv("PATH", path.c_str(), 1);
}

TEST_F(CredentialsTest, SaysWhatIsWrongInsteadOfGoingOnWithoutLogin) {
  EXPECT_FALSE(find_credentials({write("a", "{")}, "x.example", "a"));
  EXPECT_FALSE(find_credentials({write("b", R"({"auths":{"x.example":{"auth":"%%%"}}})")}, "x.example", "a"));
  EXPECT_FALSE(find_credentials({write("c", R"({"credsStore":"../../bin/sh"})")}, "x.example", "a"));
  EXPECT_FALSE(find_credentials({write("d", R"({"credsStore":"surely-not-installed"})")}, "x.example", "a"));
}

TEST(Base64, RoundTripsAndRefuses) {
  for (const std::string text : {"", "a", "ab", "abc", "user:p\xc3\xa4ss"})
    EXPECT_EQ(base64_decode(base64_encode(text)), text);
  EXPECT_EQ(base64_decode("YQ"), "a");
  EXPECT_FALSE(base64_decode("===="));
  EXPECT_FALSE(base64_decode("a*=="));
}

}  // namespace
}  // namespace oakum::net
