#include "model/distribution.h"

#include <algorithm>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fd.h"

namespace oakum {
namespace {

Distribution distribution(std::string id, std::string version, std::string codename = {}) {
  Distribution result;
  result.id = std::move(id);
  result.version_id = std::move(version);
  result.codename = std::move(codename);
  return result;
}

struct Row {
  const char* id;
  const char* version;
  const char* codename;
  const char* ecosystem;  // null: not known
  const char* product;    // null: endoflife.date has none
  const char* cycle;
};
constexpr Row kRows[] = {
    {"debian", "12", "bookworm", "debian:12", "debian", "12"},
    {"debian", "12.5", "", "debian:12", "debian", "12"},
    {"debian", "", "trixie", "debian:13", "debian", "13"},
    {"debian", "", "sid", "debian:unstable", nullptr, nullptr},
    {"debian", "", "", nullptr, nullptr, nullptr},
    {"raspbian", "11", "bullseye", "debian:11", "debian", "11"},
    {"ubuntu", "22.04", "jammy", "ubuntu:22.04", "ubuntu", "22.04"},
    {"ubuntu", "", "noble", "ubuntu:24.04", "ubuntu", "24.04"},
    {"alpine", "3.20.3", "", "alpine:3.20", "alpine-linux", "3.20"},
    {"alpine", "3.23.0_alpha20250612", "", "alpine:edge", nullptr, nullptr},
    {"alpine", "edge", "", "alpine:edge", nullptr, nullptr},
    {"wolfi", "20230201", "", "wolfi", nullptr, nullptr},
    {"chainguard", "20230214", "", "chainguard", nullptr, nullptr},
    {"rhel", "9.4", "", "redhat:9", "rhel", "9"},
    {"centos", "7", "", "redhat:7", "centos", "7"},
    {"almalinux", "9.4", "", "alma:9", "almalinux", "9"},
    {"rocky", "8.10", "", "rocky:8", "rocky-linux", "8"},
    {"ol", "8.10", "", "oracle:8", "oracle-linux", "8"},
    {"amzn", "2018.03", "", "amazon:1", "amazon-linux", "2018.03"},
    {"amzn", "2", "", "amazon:2", "amazon-linux", "2"},
    {"amzn", "2023", "", "amazon:2023", "amazon-linux", "2023"},
    {"fedora", "40", "", "fedora:40", "fedora", "40"},
    {"sles", "15.5", "", "sles:15.5", "sles", "15.5"},
    {"sles", "15", "", "sles:15", "sles", "15.0"},
    {"sles_sap", "12.5", "", "sles:12.5", "sles", "12.5"},
    {"sle-micro", "5.5", "", "sle-micro:5.5", "suse-linux-micro", "5.5"},
    {"sl-micro", "6.0", "", "sle-micro:6.0", "suse-linux-micro", "6.0"},
    {"opensuse-leap", "15.5", "", "opensuse-leap:15.5", "opensuse", "15.5"},
    {"opensuse", "42.3", "", "opensuse-leap:42.3", "opensuse", "42.3"},
    {"opensuse", "20170404", "", "opensuse-tumbleweed", nullptr, nullptr},
    {"opensuse-tumbleweed", "20240801", "", "opensuse-tumbleweed", nullptr, nullptr},
    {"photon", "5.0", "", "photon:5", nullptr, nullptr},
    {"mariner", "2.0.20240112", "", "azurelinux:2.0", nullptr, nullptr},
    {"azurelinux", "3.0", "", "azurelinux:3.0", nullptr, nullptr},
    {"arch", "", "", "arch", nullptr, nullptr},
    {"openwrt", "23.05.3", "", "openwrt:23.05", "openwrt", "23.05"},
    {"openwrt", "SNAPSHOT", "", "openwrt:snapshot", nullptr, nullptr},
    {"kali", "2024.1", "", nullptr, nullptr, nullptr},
    {"", "", "", nullptr, nullptr, nullptr},
};

TEST(Ecosystems, AndTheirLifecycles) {
  for (const Row& row : kRows) {
    const Distribution subject = distribution(row.id, row.version, row.codename);
    const std::string name = std::string(row.id) + " " + row.version + " " + row.codename;
    EXPECT_EQ(ecosystem_of(subject), row.ecosystem ? std::optional<std::string>(row.ecosystem) : std::nullopt) << name;
    const auto lifecycle = lifecycle_of(subject);
    ASSERT_EQ(lifecycle.has_value(), row.product != nullptr) << name;
    if (!lifecycle) continue;
    EXPECT_EQ(lifecycle->product, row.product) << name;
    EXPECT_EQ(lifecycle->cycle, row.cycle) << name;
  }
}

TEST(Ecosystems, EveryOneHasAVersionOrder) {
  for (const Row& row : kRows) {
    if (row.ecosystem == nullptr) continue;
    EXPECT_TRUE(scheme_of(row.ecosystem)) << row.ecosystem;
  }
  EXPECT_FALSE(scheme_of("kali:2024"));
}

TEST(Ecosystems, HostileVersionsMakeNone) {
  EXPECT_FALSE(ecosystem_of(distribution("debian", "12\x1b[31m")));
  EXPECT_FALSE(ecosystem_of(distribution("debian", "../12")));
  EXPECT_FALSE(ecosystem_of(distribution("debian", std::string(100, '1'))));
  EXPECT_FALSE(ecosystem_of(distribution("debian", ".")));
}

TEST(Lifecycle, CentosStreamHasItsOwn) {
  Distribution stream = distribution("centos", "9");
  stream.channels = {"stream"};
  EXPECT_EQ(ecosystem_of(stream), "redhat:9");
  const auto lifecycle = lifecycle_of(stream);
  ASSERT_TRUE(lifecycle);
  EXPECT_EQ(lifecycle->product, "centos-stream");
  EXPECT_EQ(lifecycle->cycle, "9");
}

TEST(Lifecycle, CyclesAreOnesThatEndoflifeDateHas) {
  const char* feeds = std::getenv("OAKUM_FEEDS");
  if (feeds == nullptr) GTEST_SKIP() << "OAKUM_FEEDS names no directory of feeds";
  for (const Row& row : kRows) {
    if (row.product == nullptr) continue;
    const std::string path = std::string(feeds) + "/endoflife/api/" + row.product + ".json";
    const auto json = read_file(path, std::uint64_t{4} << 20);
    ASSERT_TRUE(json) << json.error().message();
    std::string dense = *json;
    std::erase_if(dense, [](char c) { return c == ' ' || c == '\n'; });
    const std::string wanted = std::string("\"cycle\":\"") + row.cycle + "\"";
    EXPECT_NE(dense.find(wanted), std::string::npos) << row.product << " " << row.cycle;
  }
}

}  // namespace
}  // namespace oakum
