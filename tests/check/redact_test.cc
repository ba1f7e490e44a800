#include "check/redact.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum::check {
namespace {

std::string line(std::string_view text) { return without_secrets(text, TextKind::source); }

TEST(Redact, HidesValuesByTheirNames) {
  EXPECT_EQ("ENV API_TOKEN=******** OTHER=plain", line("ENV API_TOKEN=8f3kz91q OTHER=plain"));
  EXPECT_EQ("ENV API_TOKEN ********", line("ENV API_TOKEN 8f3kz91q"));
  EXPECT_EQ("      DB_PASSWORD: *******", line("      DB_PASSWORD: hunter2"));
  EXPECT_EQ("  \"DB_PASSWORD\": \"*********\",", line("  \"DB_PASSWORD\": \"hunter2 x\","));
  EXPECT_EQ("docker run -e PASSWORD='**********' nginx", line("docker run -e PASSWORD='s3cr3tpass' nginx"));
  EXPECT_EQ("redis --password ******* --port 1", line("redis --password hunter2 --port 1"));
}

TEST(Redact, HidesKnownTokensAndPasswordsOfAddresses) {
  EXPECT_EQ("RUN echo ****************************************",
            line("RUN echo ghp_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5"));
  EXPECT_EQ("RUN git clone https://me:*******@example.org/x", line("RUN git clone https://me:hunter2@example.org/x"));
}

TEST(Redact, LeavesWhatIsNoSecret) {
  for (const std::string_view text : {"ENV PASSWORD_FILE=/run/secrets/db", "      DB_PASSWORD: ${DB_PASSWORD}",
                                      "RUN git clone https://example.org/x", "RUN --mount=type=secret,id=npm npm ci",
                                      "ENV A=b TOKEN_TTL=300", "  image: nginx:1.27", "ARG NPM_TOKEN", "="}) {
    EXPECT_EQ(text, line(text));
  }
}

TEST(Redact, ReadsNoColonInOurOwnWords) {
  EXPECT_EQ("the secret: nothing", without_secrets("the secret: nothing", TextKind::message));
  for (const std::string_view text : {"ENV \"DB_PASSWORD\" ends up in the image's configuration",
                                      "holds a secret after \"--token\" (value not shown)"}) {
    EXPECT_EQ(text, without_secrets(text, TextKind::message));
  }
  EXPECT_EQ("runs \"x --token ********\"", without_secrets("runs \"x --token 8f3kz91q\"", TextKind::message));
}

}  // namespace
}  // namespace oakum::check
