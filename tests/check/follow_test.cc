#include "check/follow.h"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check/unit.h"

namespace oakum::check {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::SizeIs;

struct Read {
  std::vector<Subjects> all;

  Read& add(FileKind kind, const std::string& name, std::string text) {
    Subjects subjects;
    subjects.first_source = static_cast<std::uint32_t>(all.size()) * kSourcesPerUnit;
    read_text(kind, name, std::move(text), {}, subjects);
    EXPECT_TRUE(subjects.errors.empty()) << subjects.errors.front().message();
    all.push_back(std::move(subjects));
    return *this;
  }

  std::vector<Trail> follow(std::string_view control) const {
    std::vector<const Subjects*> subjects;
    for (const Subjects& each : all) subjects.push_back(&each);
    return check::follow(control, subjects);
  }
};

std::string inspect(const std::string& host_config, const std::string& config = "{}") {
  return R"([{"Id": "0000000000000000000000000000000000000000000000000000000000000000", "Name": "/p-web-1",
    "Config": {"Image": "example.org/app:1", "Labels": {"com.docker.compose.service": "web"}, "Extra": )" +
         config + R"(}, "HostConfig": )" + host_config + R"(, "State": {"Running": true}, "Mounts": [],
    "NetworkSettings": {}}])";
}

constexpr const char* kPlain = "services:\n  web:\n    image: example.org/app:1\n";
constexpr const char* kAll =
    "services:\n"
    "  web:\n"
    "    image: example.org/app:1\n"
    "    user: root\n"
    "    privileged: true\n"
    "    cap_add: [SYS_ADMIN]\n"
    "    security_opt: [seccomp=unconfined, apparmor=unconfined]\n"
    "    ports: ['127.0.0.1:80:80', '443:443']\n"
    "    volumes: ['/var/run/docker.sock:/s', '/srv:/srv:ro']\n"
    "    devices: [/dev/sda]\n"
    "    pid: host\n"
    "    healthcheck: {disable: true}\n"
    "    restart: always\n"
    "    logging: {driver: none}\n"
    "    stop_signal: SIGKILL\n";

TEST(Follow, EveryControlOfAPlainServiceHasOneTrail) {
  Read read;
  read.add(FileKind::compose, "compose.yaml", kPlain);
  EXPECT_GE(controls().size(), 19U);
  EXPECT_TRUE(std::ranges::is_sorted(controls(), {}, &Control::name));
  for (const Control& control : controls()) {
    SCOPED_TRACE(control.name);
    const auto trails = read.follow(control.name);
    ASSERT_THAT(trails, SizeIs(1));
    EXPECT_FALSE(trails[0].steps.empty());
    EXPECT_FALSE(trails[0].verdict.empty());
    const auto deciding = std::ranges::count(trails[0].steps, true, &Step::decides);
    EXPECT_EQ(deciding, trails[0].verdict.starts_with("not known") ? 0 : 1);
  }
}

TEST(Follow, WhatAServiceLosesIsLostAtItsLine) {
  Read read;
  read.add(FileKind::compose, "compose.yaml", kAll);
  const std::pair<const char*, const char*> expected[] = {
      {"user", "lost at compose.yaml:4:"},
      {"privileged", "lost at compose.yaml:5:"},
      {"capabilities", "lost at compose.yaml:5:"},
      {"seccomp", "lost at compose.yaml:5:"},
      {"apparmor", "lost at compose.yaml:5:"},
      {"ports", "lost at compose.yaml:8:32: a port is open to the network"},
      {"runtime-socket", "lost at compose.yaml:9:15: whoever runs in it commands the engine"},
      {"host-paths", "lost at compose.yaml:9:15: can write to /var/run/docker.sock of the host"},
      {"devices", "lost at compose.yaml:5:"},
      {"namespaces", "lost at compose.yaml:11:"},
      {"healthcheck", "lost at compose.yaml:12:"},
      {"restart", "lost at compose.yaml:13:"},
      {"logging", "lost at compose.yaml:14:"},
      {"stop-signal", "lost at compose.yaml:15:"},
      {"read-only", "lost at the engine's default"},
      {"memory", "lost at the engine's default"},
      {"cpus", "lost at the engine's default"},
      {"pids", "lost at the engine's default"},
      {"no-new-privileges", "lost at the engine's default"},
  };
  for (const auto& [control, verdict] : expected) {
    SCOPED_TRACE(control);
    const auto trails = read.follow(control);
    ASSERT_THAT(trails, SizeIs(1));
    EXPECT_FALSE(trails[0].held);
    EXPECT_THAT(trails[0].verdict, HasSubstr(verdict));
  }
}

TEST(Follow, SaysOnceThatNothingIsStated) {
  Read read;
  read.add(FileKind::compose, "compose.yaml", kPlain).add(FileKind::inspect, "inspect.json", inspect("{}"));
  const auto trails = read.follow("user");
  ASSERT_THAT(trails, SizeIs(1));
  EXPECT_THAT(trails[0].subject, HasSubstr("running as"));
  ASSERT_THAT(trails[0].steps, SizeIs(1));
  EXPECT_EQ(trails[0].steps[0].says, "nothing is stated");
  EXPECT_THAT(trails[0].verdict, HasSubstr("not known: the image decides"));
}

TEST(Follow, TheContainerHasTheLastWord) {
  Read read;
  read.add(FileKind::compose, "compose.yaml",
           "services:\n  web:\n    image: example.org/app:1\n    ports: ['443:443']\n    mem_limit: 1g\n    read_only: "
           "true\n")
      .add(FileKind::inspect, "inspect.json", inspect(R"({"Memory": 0, "ReadonlyRootfs": true})"));
  const auto ports = read.follow("ports");
  ASSERT_THAT(ports, SizeIs(1));
  EXPECT_EQ(ports[0].verdict, "won at engine: no port is open to every address");
  EXPECT_THAT(ports[0].steps, Contains(AllOf(Field(&Step::where, "compose.yaml:4:13"), Field(&Step::decides, false))));
  EXPECT_THAT(ports[0].steps, Contains(Field(&Step::says, "publishes 443 on port 443 of every address")));
  const auto memory = read.follow("memory");
  EXPECT_FALSE(memory[0].held) << memory[0].verdict;
  const auto read_only = read.follow("read-only");
  EXPECT_TRUE(read_only[0].held) << read_only[0].verdict;
}

TEST(Follow, OfficialImagesAreKnownByName) {
  Read read;
  read.add(FileKind::compose, "compose.yaml", "services:\n  web:\n    image: postgres:17\n");
  const auto trails = read.follow("user");
  ASSERT_THAT(trails, SizeIs(1));
  EXPECT_EQ(trails[0].steps.at(0).where, "image postgres:17");
  EXPECT_THAT(trails[0].steps.at(0).says, HasSubstr("as official images of that name"));
  EXPECT_EQ(trails[0].verdict, "lost at image postgres:17: runs as root");
}

TEST(Follow, DockerfilesThatNothingBuilds) {
  Read read;
  read.add(FileKind::dockerfile, "Dockerfile",
           "FROM example.org/base:1 AS base\nUSER 1000\nHEALTHCHECK CMD true\nFROM base\nSTOPSIGNAL SIGINT\n");
  const auto user = read.follow("user");
  ASSERT_THAT(user, SizeIs(1));
  EXPECT_EQ(user[0].verdict, "won at Dockerfile:2:1: runs as 1000");
  EXPECT_EQ(read.follow("healthcheck").at(0).verdict, "won at Dockerfile:3:1: its health is watched");
  EXPECT_EQ(read.follow("stop-signal").at(0).verdict, "won at Dockerfile:5:1: is asked to end by SIGINT");
  EXPECT_THAT(read.follow("memory"), SizeIs(0));
}

TEST(Follow, ImagesByTheirConfiguration) {
  Read read;
  Subjects& subjects = read.all.emplace_back();
  ImageFacts& image = subjects.images.emplace_back();
  image.name = "app:1";
  image.image.config.user = "65532:65532";
  const auto user = read.follow("user");
  ASSERT_THAT(user, SizeIs(1));
  EXPECT_EQ(user[0].verdict, "won at image app:1: runs as 65532:65532");
  EXPECT_EQ(read.follow("healthcheck").at(0).verdict, "lost at image app:1: nothing watches its health");
}

TEST(Follow, PodsByTheirProbes) {
  Read read;
  read.add(FileKind::kubernetes, "pod.yaml",
           "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: x:1\n"
           "      securityContext: {runAsNonRoot: true}\n      livenessProbe: {exec: {command: [true]}}\n");
  EXPECT_TRUE(read.follow("healthcheck").at(0).held);
  EXPECT_TRUE(read.follow("user").at(0).held);
  EXPECT_TRUE(read.follow("restart").at(0).held);
}

}  // namespace
}  // namespace oakum::check
