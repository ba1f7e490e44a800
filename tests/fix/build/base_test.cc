// What is known of a base image by its name, and by its facts where it is here.
#include "fix/build/base.h"

#include <gtest/gtest.h>

#include "fix/build/bench.h"

namespace oakum::fix::build {
namespace {

struct Known {
  std::string from;
  Family family;
  std::optional<std::string> workdir;
  std::optional<bool> root;
};

TEST(Base, IsKnownByTheNamesOfImagesThatPeopleBuildOn) {
  const Known kRows[] = {
      {"debian:12", Family::debian, "/", true},
      {"docker.io/library/golang:1.23", Family::debian, "/go", true},
      {"golang:1.23-alpine", Family::alpine, "/go", true},
      {"eclipse-temurin:21-ubi9-minimal", Family::red_hat, "/", true},
      {"python:3.12-windowsservercore", Family::unknown, std::nullopt, std::nullopt},
      {"mysql:8.4-bookworm", Family::debian, "/", true},
      {"php:8.3", Family::debian, std::nullopt, true},
      {"opensuse/leap:15.6", Family::red_hat, std::nullopt, std::nullopt},
      {"mcr.microsoft.com/dotnet/sdk:8.0", Family::debian, std::nullopt, std::nullopt},
      {"mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled", Family::unknown, std::nullopt, std::nullopt},
      {"example.org/debian:12", Family::unknown, std::nullopt, std::nullopt},
      {"scratch", Family::unknown, "/", std::nullopt},
      {"$BASE", Family::unknown, std::nullopt, std::nullopt},
  };
  for (const Known& row : kRows) {
    const Bench bench("FROM " + row.from + "\nRUN a\n");
    const Options options;
    const Context context{bench.subjects(), options};
    const Place place = bench.place("RUN");
    EXPECT_EQ(family_of(place, context), row.family) << row.from;
    EXPECT_EQ(workdir_before(place, context), row.workdir) << row.from;
    EXPECT_EQ(root_before(place, context), row.root) << row.from;
  }
}

TEST(Base, ItsOwnFactsComeFirst) {
  Bench bench("FROM debian:12 AS base\nFROM base\nRUN a\n");
  ImageFacts facts;
  facts.distribution = "alpine";
  facts.image.config.working_dir = "/srv";
  facts.image.config.user = "1000";
  bench.subjects().known_images.emplace("debian:12", facts);
  const Options options;
  const Context context{bench.subjects(), options};
  const Place place = bench.place("RUN");
  EXPECT_EQ(family_of(place, context), Family::alpine);
  EXPECT_EQ(workdir_before(place, context), "/srv");
  EXPECT_EQ(root_before(place, context), false);
}

TEST(Base, TheStageSaysWhatHoldsBefore) {
  Bench bench("FROM example.org/x\nUSER 0\nWORKDIR /a\nWORKDIR b\nRUN a\n");
  const Options options;
  const Context context{bench.subjects(), options};
  const Place place = bench.place("RUN");
  EXPECT_EQ(workdir_before(place, context), "/a/b");
  EXPECT_EQ(root_before(place, context), true);
}

}  // namespace
}  // namespace oakum::fix::build
