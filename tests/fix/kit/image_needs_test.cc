#include "fix/kit/image_needs.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum::fix {
namespace {

const ImageNeeds* needs_of(std::string_view text) { return needs_of_image(parse_image_reference(text)); }

TEST(ImageNeeds, KnowsAnImageByItsRepository) {
  const ImageNeeds* postgres = needs_of("docker.io/library/postgres:16@sha256:0000");
  ASSERT_NE(postgres, nullptr);
  EXPECT_EQ(postgres, needs_of("postgres"));
  EXPECT_EQ(postgres->health, "pg_isready -q");
  EXPECT_TRUE(postgres->root);
}

TEST(ImageNeeds, IsNotMisledByNamesThatAreAlike) {
  for (const char* text : {"registry.example.org/postgres:16", "someone/postgres", "postgres-exporter",
                           "ghcr.io/library/nginx", "postgres:${TAG}", "bitnamilegacy/redis", "scratch", ""}) {
    EXPECT_EQ(needs_of(text), nullptr) << text;
  }
}

TEST(ImageNeeds, KnowsAllOfAPublisherWhoseImagesAreAlike) {
  const ImageNeeds* bitnami = needs_of("bitnami/postgresql:16");
  ASSERT_NE(bitnami, nullptr);
  EXPECT_EQ(bitnami, needs_of("docker.io/bitnami/redis"));
  EXPECT_FALSE(bitnami->root);
  EXPECT_TRUE(bitnami->reads_from_file("POSTGRESQL_PASSWORD"));
}

TEST(ImageNeeds, UsersHaveOtherNumbersOnAlpine) {
  const auto user = [](std::string_view text) {
    return std::string(needs_of(text)->user_of(parse_image_reference(text)));
  };
  EXPECT_EQ(user("postgres:16"), "999:999");
  EXPECT_EQ(user("postgres:16-alpine3.20"), "70:70");
  EXPECT_EQ(user("redis:7-alpine"), "999:1000");
  EXPECT_EQ(user("mysql:8"), "999:999");
}

TEST(ImageNeeds, TellsWhichVariablesAreReadFromFiles) {
  EXPECT_TRUE(needs_of("postgres")->reads_from_file("POSTGRES_PASSWORD"));
  EXPECT_FALSE(needs_of("postgres")->reads_from_file("PGPASSWORD"));
  EXPECT_FALSE(needs_of("rabbitmq")->reads_from_file("RABBITMQ_DEFAULT_PASS"));
  EXPECT_FALSE(needs_of("redis")->reads_from_file("REDIS_PASSWORD"));
  EXPECT_TRUE(needs_of("wordpress")->reads_from_file("WORDPRESS_DB_PASSWORD"));
  EXPECT_EQ(needs_of("grafana/grafana")->file_suffix, "__FILE");
}

TEST(ImageNeeds, WordsAreParted) {
  EXPECT_EQ(words_of("CHOWN SETGID"), (std::vector<std::string>{"CHOWN", "SETGID"}));
  EXPECT_TRUE(words_of("").empty());
}

}  // namespace
}  // namespace oakum::fix
