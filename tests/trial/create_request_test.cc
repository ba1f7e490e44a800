#include "trial/create_request.h"

#include <gtest/gtest.h>

namespace oakum::trial {
namespace {

using net::Json;

const Origin kHere{};

Placement place() {
  Placement at;
  at.trial = "id";
  at.service = "web";
  at.image = "sha256:abc";
  at.networks = {{"net", {"web"}}, {"other", {}}};
  return at;
}

Json host_of(const Workload& workload) { return create_request(workload, place()).body["HostConfig"]; }

TEST(CreateRequest, NothingStatedAsksForNothing) {
  const Json body = create_request({}, place()).body;
  EXPECT_EQ(body["Image"], "sha256:abc");
  EXPECT_EQ(body["Labels"]["oakum.trial"], "id");
  EXPECT_FALSE(body.contains("User"));
  EXPECT_FALSE(body.contains("Cmd"));
  const Json& host = body["HostConfig"];
  EXPECT_EQ(host["Privileged"], false);
  EXPECT_EQ(host["NetworkMode"], "net");
  EXPECT_EQ(host["RestartPolicy"]["Name"], "no");
  EXPECT_FALSE(host.contains("PortBindings"));
  EXPECT_FALSE(host.contains("Memory"));
  EXPECT_EQ(body["NetworkingConfig"]["EndpointsConfig"]["net"]["Aliases"], Json::array({"web"}));
}

TEST(CreateRequest, IdentityAndCommand) {
  Workload w;
  w.user.state("1000", kHere);
  w.group.state("2000", kHere);
  w.command.state({{"sh -c 'echo \"a b\" c'"}, true}, kHere);
  w.entrypoint.state({{"/entry", "x y"}, false}, kHere);
  w.working_dir.state("/srv", kHere);
  w.environment.add({"A", "1", EnvironmentVariable::From::literal, ""}, kHere);
  w.environment.add({"FROM_SHELL", {}, EnvironmentVariable::From::host, ""}, kHere);
  w.environment.add({"UNSET", {}, EnvironmentVariable::From::host, ""}, kHere);
  Placement at = place();
  at.environment["FROM_SHELL"] = "here";
  const Json body = create_request(w, at).body;
  EXPECT_EQ(body["User"], "1000:2000");
  EXPECT_EQ(body["Cmd"], Json::array({"sh", "-c", "echo \"a b\" c"}));
  EXPECT_EQ(body["Entrypoint"], Json::array({"/entry", "x y"}));
  EXPECT_EQ(body["WorkingDir"], "/srv");
  EXPECT_EQ(body["Env"], Json::array({"A=1", "FROM_SHELL=here"}));
}

TEST(CreateRequest, Privilege) {
  Workload w;
  w.cap_drop.add("all", kHere);
  w.cap_add.add("cap_chown", kHere);
  w.no_new_privileges.state(true, kHere);
  w.seccomp.state({ProfileChoice::Kind::unconfined, ""}, kHere);
  w.unmasked_paths.state(true, kHere);
  w.read_only.state(true, kHere);
  w.devices.add({"/dev/fuse", "", ""}, kHere);
  const Json host = host_of(w);
  EXPECT_EQ(host["CapDrop"], Json::array({"ALL"}));
  EXPECT_EQ(host["CapAdd"], Json::array({"CHOWN"}));
  EXPECT_EQ(host["SecurityOpt"], Json::array({"no-new-privileges:true", "seccomp=unconfined"}));
  EXPECT_EQ(host["MaskedPaths"], Json::array());
  EXPECT_EQ(host["ReadonlyRootfs"], true);
  EXPECT_EQ(host["Devices"][0]["PathInContainer"], "/dev/fuse");
  EXPECT_EQ(host["Devices"][0]["CgroupPermissions"], "rwm");
}

TEST(CreateRequest, AProfileThatCannotBeReadIsTold) {
  Workload w;
  w.seccomp.state({ProfileChoice::Kind::custom, "p.json"}, kHere);
  EXPECT_EQ(create_request(w, place()).not_as_stated.size(), 1U);
  Placement at = place();
  at.seccomp_profile = "{}";
  const CreateRequest request = create_request(w, at);
  EXPECT_TRUE(request.not_as_stated.empty());
  EXPECT_EQ(request.body["HostConfig"]["SecurityOpt"], Json::array({"seccomp={}"}));
}

TEST(CreateRequest, LimitsAndLife) {
  Workload w;
  w.memory.state(64 << 20, kHere);
  w.cpus.state(0.5, kHere);
  w.pids_limit.state(100, kHere);
  w.shm_size.state(1 << 20, kHere);
  w.ulimits.add({"nofile", 10, 20}, kHere);
  w.sysctls.add({"net.core.somaxconn", "1"}, kHere);
  w.restart.state({"always", {}}, kHere);
  w.init.state(true, kHere);
  const Json host = host_of(w);
  EXPECT_EQ(host["Memory"], 64 << 20);
  EXPECT_EQ(host["NanoCpus"], 500'000'000);
  EXPECT_EQ(host["PidsLimit"], 100);
  EXPECT_EQ(host["Ulimits"], Json::parse(R"([{"Name":"nofile","Soft":10,"Hard":20}])"));
  EXPECT_EQ(host["Sysctls"]["net.core.somaxconn"], "1");
  EXPECT_EQ(host["RestartPolicy"]["MaximumRetryCount"], 3);
  EXPECT_EQ(host["Init"], true);
}

TEST(CreateRequest, HealthIsAskedEverySecondAsLong) {
  Workload w;
  HealthCheck check;
  check.test = {{"wget -q localhost"}, true};
  check.interval = "10s";
  check.retries = 3;
  check.start_period = "1m";
  w.healthcheck.state(check, kHere);
  const Json health = health_of(w, false);
  EXPECT_EQ(health["Test"], Json::array({"CMD-SHELL", "wget -q localhost"}));
  EXPECT_EQ(health["Interval"], 1'000'000'000);
  EXPECT_EQ(health["Retries"], 30);
  EXPECT_EQ(health["StartPeriod"], 60'000'000'000);
  Workload none;
  none.healthcheck.state(HealthCheck{.disabled = true}, kHere);
  EXPECT_EQ(health_of(none, true)["Test"], Json::array({"NONE"}));
  EXPECT_TRUE(health_of({}, false).is_null());
  EXPECT_FALSE(health_of({}, true).contains("Test")) << "its image's own";
  EXPECT_EQ(health_of({}, true)["Retries"], 90);
}

TEST(CreateRequest, OtherContainersNamespaces) {
  Workload w;
  w.pid_mode.state("service:db", kHere);
  w.ipc_mode.state("container:elsewhere", kHere);
  Placement at = place();
  at.containers["db"] = "123";
  const CreateRequest request = create_request(w, at);
  EXPECT_EQ(request.body["HostConfig"]["PidMode"], "container:123");
  EXPECT_EQ(request.body["HostConfig"]["IpcMode"], "");
  EXPECT_EQ(request.not_as_stated.size(), 1U);
}

}  // namespace
}  // namespace oakum::trial
