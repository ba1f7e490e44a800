#include "model/back_end.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

std::string_view kind_of(std::string_view image) {
  Workload service;
  service.image.state(parse_image_reference(image), {});
  return back_end_kind(service);
}

TEST(BackEnd, ByTheLastPartOfTheName) {
  EXPECT_EQ(kind_of("postgres:16"), "PostgreSQL");
  EXPECT_EQ(kind_of("registry.example.org:5000/mirror/postgres@sha256:ab"), "PostgreSQL");
  EXPECT_EQ(kind_of("mcr.microsoft.com/mssql/server:2022-latest"), "SQL Server");
}

TEST(BackEnd, ATagMayBeAVariable) {
  EXPECT_EQ(kind_of("redis:${TAG}"), "Redis");
  EXPECT_EQ(kind_of("${IMAGE}"), "");
}

TEST(BackEnd, OthersAreNone) {
  EXPECT_EQ(kind_of("nginx:1.27"), "");
  EXPECT_EQ(kind_of("postgres-exporter:1"), "");
  EXPECT_EQ(back_end_kind({}), "");
}

}  // namespace
}  // namespace oakum
