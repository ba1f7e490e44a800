#include "read/engine/inspect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/platform_defaults.h"
#include "read/engine/engine.h"

namespace oakum::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Subjects read(std::string_view json) {
  Subjects subjects;
  read_inspect("inspect.json", json, subjects);
  return subjects;
}

// `host` and `config` are members of HostConfig and Config.
Workload container(const std::string& host, const std::string& config = {}, const std::string& more = {}) {
  Subjects subjects = read(R"([{"Id": "0123456789abcdef", "Name": "/web", )" + more + R"("Config": {"Image": "nginx")" +
                           (config.empty() ? "" : ", " + config) + R"(}, "HostConfig": {)" + host + "}}]");
  EXPECT_THAT(subjects.errors, IsEmpty());
  EXPECT_THAT(subjects.workloads, SizeIs(1));
  return subjects.workloads.empty() ? Workload() : std::move(subjects.workloads.front());
}

std::vector<std::string> values(const List<std::string>& list) {
  std::vector<std::string> result;
  for (const auto& item : list) result.push_back(item.value);
  return result;
}

TEST(Inspect, NamesTheContainerAndItsPlaces) {
  const Workload web = container(R"("Privileged": true)");
  EXPECT_EQ(web.surface, Surface::container);
  EXPECT_EQ(web.name, "web");
  EXPECT_EQ(web.subject, "container \"web\"");
  EXPECT_EQ(web.image->repository, "nginx");
  ASSERT_TRUE(web.privileged.is(true));
  EXPECT_EQ(web.privileged.origin().node, "HostConfig.Privileged");
  EXPECT_EQ(web.privileged.origin().span.line, 0U);
}

// As dockerd 20.10 to 28 writes a container of which nothing was asked.
TEST(Inspect, WhatTheEngineFillsInItselfIsNotStated) {
  const Workload web = container(R"(
    "Binds": null, "LogConfig": {"Type": "json-file", "Config": {}}, "NetworkMode": "bridge", "PortBindings": {},
    "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0}, "AutoRemove": false, "CapAdd": null, "CapDrop": null,
    "CgroupnsMode": "private", "IpcMode": "private", "OomScoreAdj": 0, "PidMode": "", "Privileged": false,
    "PublishAllPorts": false, "ReadonlyRootfs": false, "SecurityOpt": null, "UTSMode": "", "UsernsMode": "",
    "ShmSize": 67108864, "Runtime": "runc", "CpuShares": 0, "Memory": 0, "NanoCpus": 0, "CpuQuota": 0, "Devices": [],
    "MemorySwap": 0, "MemorySwappiness": null, "OomKillDisable": false, "PidsLimit": null, "Ulimits": [],
    "MaskedPaths": ["/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
                    "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware"],
    "ReadonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"])",
                                 R"("Hostname": "0123456789ab", "User": "", "Tty": false, "Env": [], "Labels": {})");
  EXPECT_FALSE(web.privileged || web.read_only || web.no_new_privileges || web.seccomp || web.unmasked_paths);
  EXPECT_FALSE(web.masked_paths || web.readonly_paths || web.user || web.hostname || web.runtime || web.logging);
  EXPECT_FALSE(web.pid_mode || web.ipc_mode || web.network_mode || web.uts_mode || web.userns_mode);
  EXPECT_FALSE(web.cgroupns_mode || web.memory || web.memory_swap || web.cpus || web.pids_limit || web.shm_size);
  EXPECT_FALSE(web.restart || web.tty || web.remove || web.oom_kill_disable || web.healthcheck);
  EXPECT_FALSE(web.cap_add.stated || web.cap_drop.stated || web.ports.stated || web.mounts.stated);
  EXPECT_THAT(web.unmodelled.items, IsEmpty());
}

TEST(Inspect, ReadsSecurityOptionsOfEverySpelling) {
  const Workload web = container(
      R"("SecurityOpt": ["no-new-privileges", "seccomp=unconfined", "apparmor:mine", "label=type:x", "label=level:s0"])");
  EXPECT_TRUE(web.no_new_privileges.is(true));
  EXPECT_EQ(web.seccomp->kind, ProfileChoice::Kind::unconfined);
  EXPECT_EQ(web.apparmor->name, "mine");
  EXPECT_EQ(web.selinux->type, "x");
  EXPECT_EQ(web.selinux->level, "s0");
  EXPECT_TRUE(container(R"("SecurityOpt": ["no-new-privileges=false"])").no_new_privileges.is(false));
  EXPECT_TRUE(container(R"("SecurityOpt": ["no-new-privileges:true"])").no_new_privileges.is(true));
  EXPECT_TRUE(container(R"("SecurityOpt": ["label=disable"])").selinux->disabled);
  const Workload custom = container(R"("SecurityOpt": ["seccomp={\"defaultAction\":\"SCMP_ACT_ERRNO\"}"])");
  EXPECT_EQ(custom.seccomp->kind, ProfileChoice::Kind::custom);
}

TEST(Inspect, NullMeansTheUsualMasksAndAnEmptyListNone) {
  EXPECT_FALSE(container(R"("MaskedPaths": null)").unmasked_paths);
  EXPECT_TRUE(container(R"("MaskedPaths": [], "ReadonlyPaths": [])").unmasked_paths.is(true));
  EXPECT_FALSE(container(R"("MaskedPaths": [], "Privileged": true)").unmasked_paths);
  const Workload chosen = container(R"("MaskedPaths": ["/proc/kcore"])");
  EXPECT_FALSE(chosen.unmasked_paths);
  EXPECT_THAT(*chosen.masked_paths, ElementsAre("/proc/kcore"));
}

TEST(Inspect, ReadsLimits) {
  const Workload web = container(
      R"("Memory": 67108864, "MemorySwap": 134217728, "NanoCpus": 1500000000, "PidsLimit": -1, "OomScoreAdj": -500,
         "Ulimits": [{"Name": "nofile", "Soft": 10, "Hard": 20}], "Sysctls": {"net.core.somaxconn": "1"})");
  EXPECT_TRUE(web.memory.is(67108864));
  EXPECT_FALSE(web.memory_swap) << "twice the memory is the engine's own";
  EXPECT_DOUBLE_EQ(*web.cpus, 1.5);
  EXPECT_TRUE(web.pids_limit.is(-1));
  EXPECT_TRUE(web.oom_score_adj.is(-500));
  EXPECT_EQ(web.ulimits.items.at(0).value, (Ulimit{"nofile", 10, 20}));
  EXPECT_EQ(web.sysctls.items.at(0).value, (KeyValue{"net.core.somaxconn", "1"}));
  EXPECT_DOUBLE_EQ(*container(R"("CpuQuota": 50000, "CpuPeriod": 100000)").cpus, 0.5);
  EXPECT_TRUE(container(R"("Memory": 5, "MemorySwap": -1)").memory_swap.is(-1));
}

TEST(Inspect, ReadsMountsOfEveryKind) {
  const Workload web = container(
      R"("Binds": ["/etc:/host/etc:ro,rshared,Z", "data:/data", "/var/run/docker.sock:/s"], "Tmpfs": {"/tmp": "noexec,size=1m"},
         "Mounts": [{"Type": "volume", "Source": "v", "Target": "/v", "VolumeOptions": {"DriverConfig": {"Name": "local",
           "Options": {"o": "bind", "device": "/", "type": "none"}}}},
           {"Type": "tmpfs", "Target": "/m", "TmpfsOptions": {"SizeBytes": 4096, "Mode": 511}}])",
      {},
      R"("Mounts": [{"Type": "bind", "Source": "/etc", "Destination": "/host/etc", "RW": false},
                    {"Type": "volume", "Name": "9ac0937a678a2593ece7d8cafdeb9a8355412a2dab751f57b9244eb48bd384f7",
                     "Destination": "/anonymous", "RW": true}], )");
  ASSERT_THAT(web.mounts.items, SizeIs(7));
  const Mount& etc = web.mounts.items[0].value;
  EXPECT_EQ(etc.kind, MountKind::bind);
  EXPECT_EQ(etc.source, "/etc");
  EXPECT_EQ(etc.target, "/host/etc");
  EXPECT_EQ(etc.read_only, true);
  EXPECT_EQ(etc.propagation, "rshared");
  EXPECT_EQ(etc.selinux, "Z");
  EXPECT_EQ(web.mounts.items[1].value.kind, MountKind::volume);
  EXPECT_EQ(web.mounts.items[2].value.source, "/var/run/docker.sock");
  EXPECT_EQ(*web.mounts.items[3].value.option("device"), "/");
  EXPECT_EQ(web.mounts.items[3].value.bind_in_disguise, "/");
  EXPECT_EQ(*web.mounts.items[4].value.option("mode"), "777");
  EXPECT_TRUE(web.mounts.items[5].value.has_option("noexec"));
  EXPECT_EQ(web.mounts.items[6].value.target, "/anonymous");
  EXPECT_EQ(web.mounts.items[6].value.source, "");
}

TEST(Inspect, ReadsPortsAndPutsRangesTogether) {
  const Workload web = container(
      R"("PortBindings": {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}], "53/udp": [{"HostIp": "", "HostPort": ""}],
         "91/tcp": [{"HostIp": "", "HostPort": "8001"}], "90/tcp": [{"HostIp": "", "HostPort": "8000"}]})",
      R"("ExposedPorts": {"80/tcp": {}, "99/tcp": {}})");
  std::vector<std::string> texts;
  for (const auto& port : web.ports) texts.push_back(port.value.text);
  EXPECT_THAT(texts, ElementsAre("8000-8001:90-91", "53/udp", "127.0.0.1:8080:80"));
  ASSERT_THAT(web.exposed.items, SizeIs(1));
  EXPECT_EQ(web.exposed.items[0].value.first, 99U);
}

TEST(Inspect, ReadsTheRest) {
  const Workload web = container(
      R"("PidMode": "host", "NetworkMode": "container:abc", "CapAdd": ["CAP_SYS_ADMIN"], "CapDrop": ["ALL"], "Init": true,
         "RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 5}, "LogConfig": {"Type": "none", "Config": {}},
         "Devices": [{"PathOnHost": "/dev/sda", "PathInContainer": "/dev/sda", "CgroupPermissions": "rwm"}],
         "DeviceRequests": [{"Driver": "", "Count": -1, "Capabilities": [["gpu"]]}], "GroupAdd": ["0"])",
      R"("User": "1000:7", "Env": ["A=b=c", "EMPTY=", "BARE"], "Labels": {"x": "y"}, "Cmd": ["a", "b"],
         "Healthcheck": {"Test": ["CMD-SHELL", "true"], "Interval": 90000000000, "Retries": 3})");
  EXPECT_TRUE(web.pid_mode.is("host"));
  EXPECT_TRUE(web.network_mode.is("container:abc"));
  EXPECT_THAT(values(web.cap_add), ElementsAre("CAP_SYS_ADMIN"));
  EXPECT_THAT(values(web.cap_drop), ElementsAre("ALL"));
  EXPECT_TRUE(web.user.is("1000"));
  EXPECT_TRUE(web.group.is("7"));
  EXPECT_EQ(web.restart->max_retries, 5);
  EXPECT_EQ(web.logging->driver, "none");
  EXPECT_EQ(web.devices.items.at(0).value, (Device{"/dev/sda", "", ""}));
  EXPECT_THAT(values(web.device_requests), ElementsAre("all"));
  EXPECT_EQ(web.environment.items.at(0).value.value, "b=c");
  EXPECT_EQ(web.environment.items.at(1).value.value, "");
  EXPECT_EQ(web.environment.items.at(2).value.value, std::nullopt);
  EXPECT_EQ(web.healthcheck->interval, "1m30s");
  EXPECT_TRUE(web.healthcheck->test.shell_form);
  EXPECT_EQ(web.healthcheck->retries, 3);
  EXPECT_TRUE(container("", R"("Healthcheck": {"Test": ["NONE"]})").healthcheck->disabled);
}

TEST(Inspect, TellsTheImagesWordFromTheContainers) {
  const auto document = net::Json::parse(
      R"({"Name": "/web", "HostConfig": {}, "Config": {"Image": "app", "User": "5", "Env": ["A=b", "B=c"], "Cmd": ["x"],
          "Labels": {"l": "1", "m": "2"}, "ExposedPorts": {"80/tcp": {}}}})");
  const auto image = net::Json::parse(
      R"({"User": "5", "Env": ["A=b"], "Cmd": ["x"], "Labels": {"l": "1"}, "ExposedPorts": {"80/tcp": {}}})");
  const Workload web = workload_of({document, image, {}, 0});
  EXPECT_FALSE(web.user || web.command);
  EXPECT_TRUE(web.exposed.empty());
  ASSERT_THAT(web.environment.items, SizeIs(1));
  EXPECT_EQ(web.environment.items[0].value.name, "B");
  ASSERT_THAT(web.labels.items, SizeIs(1));
  EXPECT_EQ(web.labels.items[0].value.key, "m");
}

// As Podman 4.3 writes it.
constexpr std::string_view kPodman = R"([{"Id": "bdddffb16298", "Name": "web", "OCIRuntime": "runc", "Pod": "",
  "ImageDigest": "sha256:1", "BoundingCaps": [CAPS],
  "Config": {"Image": "localhost/app:1", "Hostname": "bdddffb16298", "Entrypoint": "", "StopSignal": 15, "WorkingDir": "/",
    "Env": ["TERM=xterm", "container=podman", "A=b", "HOSTNAME=bdddffb16298"], "StopTimeout": 10,
    "CreateCommand": ["podman", "run", "--tmpfs", "/tmp:noexec", "app:1"],
    "Annotations": {"io.podman.annotations.init": "FALSE"}},
  "HostConfig": {"CapAdd": [], "CapDrop": ["CAP_AUDIT_WRITE"], "IpcMode": "shareable", "PidMode": "private",
    "UTSMode": "private", "NetworkMode": "slirp4netns", "PidsLimit": 2048, "ReadonlyRootfs": true, "ShmSize": 65536000,
    "Binds": ["/x:/y:ro,rprivate,rbind"], "Tmpfs": {"/run": "rw,rprivate,nosuid,nodev,tmpcopyup",
    "/tmp": "noexec,rw,rprivate,nosuid,nodev,tmpcopyup"}, "RestartPolicy": {"Name": "", "MaximumRetryCount": 0},
    "LogConfig": {"Type": "k8s-file", "Config": null}, "Runtime": "oci",
    "Ulimits": [{"Name": "RLIMIT_NOFILE", "Soft": 1048576, "Hard": 1048576}, {"Name": "RLIMIT_CORE", "Soft": 0, "Hard": 0}]}}])";

Workload podman(std::string_view capabilities) {
  std::string text(kPodman);
  text.replace(text.find("CAPS"), 4, capabilities);
  return std::move(read(text).workloads.at(0));
}

TEST(Inspect, ReadsPodmansOwnForm) {
  const Workload web = podman(R"("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL",
    "CAP_NET_BIND_SERVICE", "CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP", "CAP_SETUID", "CAP_SYS_CHROOT")");
  EXPECT_EQ(web.engine, Engine::podman);
  EXPECT_FALSE(web.cap_add.stated || web.cap_drop.stated || web.pids_limit || web.network_mode || web.ipc_mode);
  EXPECT_FALSE(web.uts_mode || web.pid_mode || web.shm_size || web.logging || web.restart || web.stop_grace_period);
  ASSERT_THAT(web.environment.items, SizeIs(1));
  EXPECT_TRUE(web.annotations.empty());
  ASSERT_THAT(web.mounts.items, SizeIs(2));  // not the /run that comes with --read-only
  EXPECT_TRUE(web.mounts.items[0].value.options.empty());
  EXPECT_EQ(web.mounts.items[1].value.target, "/tmp");
  ASSERT_THAT(web.ulimits.items, SizeIs(1));
  EXPECT_EQ(web.ulimits.items[0].value.name, "core");
}

TEST(Inspect, SaysPodmansCapabilitiesTheShorterWay) {
  const Workload one = podman(R"("CAP_CHOWN")");
  EXPECT_THAT(values(one.cap_drop), ElementsAre("ALL"));
  EXPECT_THAT(values(one.cap_add), ElementsAre("CHOWN"));
  const Workload none = podman("");
  EXPECT_THAT(values(none.cap_drop), ElementsAre("ALL"));
  EXPECT_TRUE(none.cap_add.empty());
  const Workload added =
      podman(R"("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SYS_TIME",
    "CAP_NET_BIND_SERVICE", "CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP", "CAP_SYS_CHROOT")");
  EXPECT_THAT(values(added.cap_drop), ElementsAre("SETUID"));
  EXPECT_THAT(values(added.cap_add), ElementsAre("SYS_TIME"));
  for (const Workload* made : {&one, &none, &added})
    EXPECT_NE(effective_capabilities(*made), default_capabilities(Engine::podman));
}

TEST(Inspect, KeepsWhatItDoesNotKnow) {
  const Workload web = container(R"("Danger": {"level": 9}, "Harmless": null)");
  ASSERT_THAT(web.unmodelled.items, SizeIs(1));
  EXPECT_EQ(web.unmodelled.items[0].value, (KeyValue{"HostConfig.Danger", R"({"level":9})"}));
}

TEST(Inspect, TakesKernelTextsFromBesideTheEnginesWord) {
  const Workload web = container(
      "", "",
      R"("Kernel": {"status": "Uid:\t1\t1\t1\t1\nGid:\t1\t1\t1\t1\nCapInh:\t0\nCapPrm:\t0\nCapEff:\t0\nCapBnd:\tff\nCapAmb:\t0\nNoNewPrivs:\t1\nSeccomp:\t2\n", "uid_map": "0 0 4294967295"}, )");
  ASSERT_TRUE(web.kernel.has_value());
  EXPECT_EQ(web.kernel->uid_in_container, 1U);
  EXPECT_EQ(web.kernel->bounding, 0xffU);
  EXPECT_THAT(web.kernel->unreadable, SizeIs(3));
}

TEST(Inspect, RefusesWhatIsNoContainer) {
  EXPECT_THAT(read("{}").errors, SizeIs(1));
  EXPECT_THAT(read("[{}, 3]").errors, SizeIs(2));
  EXPECT_THAT(read("not json").errors, SizeIs(1));
  EXPECT_THAT(read(std::string(200, '[')).errors, SizeIs(1));
  // Members of the wrong type say nothing, and break nothing.
  const Workload web = container(R"("Binds": 7, "Memory": "x", "PortBindings": [], "Devices": [1], "Ulimits": {"a": 1},
    "Mounts": ["x"], "Tmpfs": {"/x": 1}, "RestartPolicy": "no", "SecurityOpt": [1], "MaskedPaths": "x")",
                                 R"("Env": {"a": "b"}, "Labels": ["x"], "User": 5)");
  EXPECT_FALSE(web.memory || web.user);
}

TEST(Inspect, IsToldByItsMembers) {
  EXPECT_TRUE(looks_like_inspect(R"( [{"HostConfig": {}, "Config": {}}])"));
  EXPECT_FALSE(looks_like_inspect(R"({"Config": {}})"));
  EXPECT_FALSE(looks_like_inspect("HostConfig Config"));
}

}  // namespace
}  // namespace oakum::engine
