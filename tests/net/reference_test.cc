#include "net/reference.h"

#include <gtest/gtest.h>

namespace oakum::net {
namespace {

const std::string kDigest = "sha256:" + std::string(64, 'a');

TEST(Reference, FillsInDockersDefaults) {
  const auto reference = parse_reference("nginx");
  ASSERT_TRUE(reference);
  EXPECT_EQ(reference->text(), "docker.io/library/nginx:latest");
  EXPECT_EQ(reference->familiar(), "nginx:latest");
}

TEST(Reference, ReadsEveryPart) {
  struct Case {
    const char* text;
    const char* registry;
    const char* repository;
    const char* tag;
  };
  constexpr Case kCases[] = {
      {"team/app:1.0", "docker.io", "team/app", "1.0"},
      {"localhost/app", "localhost", "app", "latest"},
      {"localhost:5000/app", "localhost:5000", "app", "latest"},
      {"127.0.0.1:5000/a/b/c:t", "127.0.0.1:5000", "a/b/c", "t"},
      {"[::1]:5000/app:t", "[::1]:5000", "app", "t"},
      {"quay.io/a__b/c-d---e.f", "quay.io", "a__b/c-d---e.f", "latest"},
      {"index.docker.io/nginx", "docker.io", "library/nginx", "latest"},
      {"REGISTRY/app", "REGISTRY", "app", "latest"},
  };
  for (const Case& c : kCases) {
    const auto reference = parse_reference(c.text);
    ASSERT_TRUE(reference) << c.text << ": " << reference.error().message();
    EXPECT_EQ(reference->registry, c.registry) << c.text;
    EXPECT_EQ(reference->repository, c.repository) << c.text;
    EXPECT_EQ(reference->tag, c.tag) << c.text;
  }
}

TEST(Reference, PrefersTheDigest) {
  const auto both = parse_reference("app:1@" + kDigest);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->tag, "1");
  EXPECT_EQ(both->version(), kDigest);
  const auto alone = parse_reference("app@" + kDigest);
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->tag, "");
}

TEST(Reference, RefusesWhatNoRegistryAccepts) {
  for (const std::string text : {"",           ":",
                                 "App",        "a//b",
                                 "/a",         "a/",
                                 "a..b",       "a___b",
                                 "-a",         "a-",
                                 "app:",       "app:-x",
                                 "app:a b",    "host:99999/app",
                                 "host:/app",  "app@sha256:12",
                                 "app@md5:00", "a\nb",
                                 "../etc",     "a:b:c",
                                 "[zz]/a",     "-h.io/a"}) {
    EXPECT_FALSE(parse_reference(text)) << text;
  }
  EXPECT_FALSE(parse_reference(std::string(256, 'a')));
  EXPECT_FALSE(parse_reference("a:" + std::string(129, 'a')));
}

}  // namespace
}  // namespace oakum::net
