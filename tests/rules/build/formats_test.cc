#include <gtest/gtest.h>

#include "rules/build/image_name.h"
#include "rules/build/secret_names.h"
#include "rules/build/spdx.h"
#include "rules/build/text_formats.h"

namespace oakum::rules {
namespace {

TEST(TextFormats, Rfc3339) {
  for (const char* yes : {"2026-01-31T12:00:00Z", "2024-02-29t23:59:60.123+01:30", "2000-02-29T00:00:00-00:00"}) {
    EXPECT_TRUE(is_rfc3339(yes)) << yes;
  }
  for (const char* no : {"", "2026-01-31", "2026-01-31 12:00:00Z", "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z",
                         "2026-01-31T24:00:00Z", "2026-01-31T12:00:00", "2026-01-31T12:00:00.Z", "1900-02-29T00:00:00Z",
                         "2026-01-31T12:00:00+1:00"}) {
    EXPECT_FALSE(is_rfc3339(no)) << no;
  }
}

TEST(TextFormats, SemanticVersions) {
  for (const char* yes : {"1.2.3", "0.0.0", "1.0.0-alpha.1", "1.0.0--", "1.0.0+001", "1.0.0-a+b.c-d"}) {
    EXPECT_TRUE(is_semver(yes)) << yes;
  }
  for (const char* no : {"", "1", "1.2", "v1.2.3", "01.2.3", "1.2.3-01", "1.2.3-", "1.2.3+", "1.2.3.4", "1.2.3-a..b"}) {
    EXPECT_FALSE(is_semver(no)) << no;
  }
}

TEST(TextFormats, AddressesAndHashes) {
  EXPECT_TRUE(is_web_url("https://example.org/a?b=c#d"));
  EXPECT_TRUE(is_web_url("git+ssh://example.org"));
  for (const char* no : {"", "example.org", "https://", "https:///path", "1http://a", "https://a b", "://a"}) {
    EXPECT_FALSE(is_web_url(no)) << no;
  }
  EXPECT_TRUE(is_email("jo.doe+x@mail.example.org"));
  for (const char* no : {"", "jo", "@example.org", "jo@", "jo@host", "jo@a..b", "jo doe@a.b", "Jo <jo@a.b>"}) {
    EXPECT_FALSE(is_email(no)) << no;
  }
  EXPECT_TRUE(is_git_hash("0a1b2c3"));
  EXPECT_TRUE(is_git_hash("0123456789abcdef0123456789abcdef01234567"));
  EXPECT_FALSE(is_git_hash("0a1b2c"));
  EXPECT_FALSE(is_git_hash("0a1b2cg"));
}

TEST(Spdx, Expressions) {
  for (const char* yes : {"MIT", "mit", "Apache-2.0 OR MIT", "GPL-2.0+", "(MIT AND (0BSD))", "LicenseRef-Own.1",
                          "GPL-2.0-only WITH Classpath-exception-2.0 AND MIT", "BSD-3-Clause and Zlib"}) {
    EXPECT_TRUE(is_spdx_expression(yes)) << yes;
  }
  for (const char* no : {"", "GPL", "MIT OR", "OR MIT", "(MIT", "MIT)", "MIT MIT", "MIT WITH", "MIT WITH MIT", "()",
                         "(MIT) WITH Classpath-exception-2.0", "LicenseRef-", "Apache 2.0", "MIT, Apache-2.0", "+"}) {
    EXPECT_FALSE(is_spdx_expression(no)) << no;
  }
}

TEST(ImageName, AsRegistriesTakeIt) {
  for (const char* yes : {"alpine", "alpine:3.20", "library/alpine", "example.org:5000/a/b_c:v1", "localhost/a",
                          "a@sha256:0123", "Example.org/a:1"}) {
    EXPECT_TRUE(is_image_name(yes)) << yes;
  }
  for (const char* no : {"", ":", "alpine:", "Alpine", "a//b", "/a", "a/", "-a", "a@", "a@sha256:", "a b", "a:b c"}) {
    EXPECT_FALSE(is_image_name(no)) << no;
  }
}

TEST(SecretNames, OfVariables) {
  for (const char* yes : {"NPM_TOKEN", "api_key", "AUTH", "x_PWORD_y", "KEY_ALIAS"}) {
    EXPECT_TRUE(is_secret_for_buildkit(yes)) << yes;
  }
  for (const char* no : {"KEYBOARD", "PUBLIC_KEY", "TOKEN_FILE", "KEY_VERSION", "", "MYTOKENS"}) {
    EXPECT_FALSE(is_secret_for_buildkit(no)) << no;
  }
  EXPECT_TRUE(is_secret_for_hadolint("MYTOKENS"));
  EXPECT_FALSE(is_secret_for_hadolint("SIGNING_KEY"));
}

TEST(SecretNames, OfFiles) {
  for (const char* yes : {"id_rsa", "/a/.env", ".env.production", "tls.KEY", "a/.aws/credentials", ".ssh", "server.pem",
                          "home/.docker/config.json"}) {
    EXPECT_TRUE(is_secret_file(yes)) << yes;
  }
  for (const char* no : {"", ".env.example", "id_rsa.pub", "ca.pem", "fullchain.pem", "environment", ".key",
                         "config.json", "keys.txt", "sshd"}) {
    EXPECT_FALSE(is_secret_file(no)) << no;
  }
}

}  // namespace
}  // namespace oakum::rules
