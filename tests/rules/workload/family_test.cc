#include "rules/workload/family.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/workload/host_mounts.h"
#include "rules/workload/ports.h"

namespace oakum::rules {
namespace {

using testing::ElementsAre;

TEST(HostPaths, AreCleaned) {
  EXPECT_EQ(clean_path("/run//docker.sock/"), "/run/docker.sock");
  EXPECT_EQ(clean_path("/srv/../etc/./ssh"), "/etc/ssh");
  EXPECT_EQ(clean_path("/../../etc"), "/etc");
  EXPECT_EQ(clean_path("/"), "/");
  EXPECT_EQ(clean_path("data"), "");
  EXPECT_EQ(clean_path("./etc"), "");
}

TEST(HostPaths, AreWithinWholeDirectories) {
  EXPECT_TRUE(is_within("/etc", "/etc"));
  EXPECT_TRUE(is_within("/etc/ssh", "/etc"));
  EXPECT_TRUE(is_within("/etc", "/"));
  EXPECT_FALSE(is_within("/etcetera", "/etc"));
  EXPECT_FALSE(is_within("/", "/etc"));
}

Workload container(std::string pod, std::uint32_t begin, const std::string& path, bool read_only) {
  Workload workload;
  workload.surface = Surface::kubernetes;
  workload.engine = Engine::kubernetes;
  workload.pod.emplace();
  workload.pod->object = std::move(pod);
  workload.pod->pod_spec.span.begin = begin;
  workload.pod->volumes.add({.kind = MountKind::bind, .source = path}, {});
  if (!path.empty())
    workload.mounts.add({.kind = MountKind::bind, .source = path, .target = "/x", .read_only = read_only}, {});
  return workload;
}

const Rule& any_rule() {
  static constexpr Rule rule{.info = {.id = "test"}};
  return rule;
}

TEST(PodMounts, AreToldOnceAndWritableWhenAnyContainerWrites) {
  Subjects subjects;
  subjects.workloads = {container("a", 1, "/var/run", true), container("a", 1, "/var/run", false),
                        container("b", 9, "/srv", true)};
  Outcome outcome;
  const Settings settings;
  const Judge judge(any_rule(), subjects, settings, outcome);
  const auto first = host_mounts(subjects.workloads[0], judge);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].path, "/run");
  EXPECT_TRUE(first[0].writable);
  EXPECT_TRUE(host_mounts(subjects.workloads[1], judge).empty());
  const auto other = host_mounts(subjects.workloads[2], judge);
  ASSERT_EQ(other.size(), 1U);
  EXPECT_FALSE(other[0].writable);
}

TEST(PodStatements, AreJudgedInTheFirstContainerOnly) {
  Subjects subjects;
  subjects.workloads = {container("a", 1, "", true), container("a", 1, "", true)};
  const Origin of_pod{Surface::kubernetes, 0, {.begin = 5, .end = 6}, "spec"};
  const Origin of_container{Surface::kubernetes, 0, {.begin = 50, .end = 51}, "spec.containers[1]"};
  for (Workload& workload : subjects.workloads) workload.user.state("0", of_pod);
  subjects.workloads[1].user.state("1000", of_container);
  Outcome outcome;
  const Settings settings;
  const Judge judge(any_rule(), subjects, settings, outcome);
  EXPECT_EQ(statements_to_judge(subjects.workloads[0], judge, &Workload::user).size(), 1U);
  const auto second = statements_to_judge(subjects.workloads[1], judge, &Workload::user);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0]->value, "1000");
}

TEST(Aliases, AreThoseOfTheSurface) {
  Workload workload;
  Finding finding;
  finding.aliases = {"CIS-5.5", "CKV_K8S_16", "CL-0002", "KSV-0017", "pss-baseline:privileged"};
  workload.surface = Surface::compose;
  Finding compose = finding;
  forbidden_by(compose, workload, {"pss-baseline:privileged"});
  EXPECT_THAT(compose.aliases, ElementsAre("CIS-5.5", "CL-0002"));
  workload.surface = Surface::kubernetes;
  Finding pod = finding;
  forbidden_by(pod, workload, {"pss-baseline:privileged"});
  EXPECT_THAT(pod.aliases, ElementsAre("CKV_K8S_16", "KSV-0017", "pss-baseline:privileged"));
  Finding allowed = finding;
  forbidden_by(allowed, workload, {});
  EXPECT_THAT(allowed.aliases, ElementsAre("CKV_K8S_16", "KSV-0017"));
}

TEST(PublishedPorts, AreOpenWithoutAnAddress) {
  for (const char* address : {"", "0.0.0.0", "::", "[::]"}) EXPECT_TRUE(is_open({.host_ip = address})) << address;
  for (const char* address : {"127.0.0.1", "10.0.0.1", "::1"}) EXPECT_FALSE(is_open({.host_ip = address})) << address;
  EXPECT_EQ(port_text({.host_first = 8000, .host_last = 8010, .protocol = "udp"}), "8000-8010/udp");
  EXPECT_EQ(port_text({.container_first = 80, .container_last = 80}), "80 (host port chosen by the engine)");
}

}  // namespace
}  // namespace oakum::rules
