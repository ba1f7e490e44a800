#include "read/runcmd/flags.h"

#include <set>

#include <gtest/gtest.h>

#include "read/runcmd/lines.h"

namespace oakum::runcmd {
namespace {

Workload one(std::string_view flags, std::string_view program = "docker") {
  Subjects subjects = read_text(std::string(program) + " run " + std::string(flags) + " nginx:1 serve -v");
  EXPECT_EQ(errors_of(subjects), "") << flags;
  EXPECT_EQ(subjects.workloads.size(), 1U) << flags;
  if (subjects.workloads.empty()) return {};
  EXPECT_EQ(subjects.workloads[0].image->text, "nginx:1") << flags;
  EXPECT_EQ(subjects.workloads[0].command->arguments, (std::vector<std::string>{"serve", "-v"})) << flags;
  return subjects.workloads[0];
}

TEST(RunFlags, LettersAreUnambiguousForEachTool) {
  for (const Tool tool : {Tool::docker, Tool::podman, Tool::nerdctl}) {
    std::set<char> seen;
    for (const Flag& flag : flags()) {
      if (flag.letter != '\0' && flag.in(tool)) {
        EXPECT_TRUE(seen.insert(flag.letter).second) << flag.name;
      }
      EXPECT_NE(flag.fill, nullptr) << flag.name;
    }
  }
}

TEST(RunFlags, SpellingsOfOneFlag) {
  for (const char* spelling :
       {"-p 80:81", "-p80:81", "-p=80:81", "--publish 80:81", "--publish=80:81", "-itp 80:81", "-dp80:81"}) {
    const Workload workload = one(spelling);
    ASSERT_EQ(workload.ports.items.size(), 1U) << spelling;
    EXPECT_EQ(workload.ports.items[0].value.host_first, 80U) << spelling;
  }
  EXPECT_TRUE(one("-itd").tty.is(true));
  EXPECT_TRUE(one("-t=false").tty.is(false));
  EXPECT_TRUE(one("--privileged").privileged.is(true));
  EXPECT_TRUE(one("--privileged=false").privileged.is(false));
  EXPECT_EQ(one("--privileged --privileged=false").privileged.statements().size(), 2U);
  EXPECT_EQ(one("--rm --").remove.value_or(false), true);
  EXPECT_EQ(*one("--net host").network_mode, "host");
}

TEST(RunFlags, Identity) {
  EXPECT_EQ(*one("-u 1000:100").user, "1000");
  EXPECT_EQ(*one("-u 1000:100").group, "100");
  EXPECT_FALSE(one("--user=app").group);
  EXPECT_FALSE(one("-u $(id -u):$(id -g)").user.known());
  EXPECT_EQ(*one("-u $(id -u):$(id -g)").group, "$(id -g)");
}

TEST(RunFlags, SecurityOptions) {
  for (const char* spelling : {"no-new-privileges", "no-new-privileges:true", "no-new-privileges=true"}) {
    EXPECT_TRUE(one("--security-opt " + std::string(spelling)).no_new_privileges.is(true)) << spelling;
  }
  EXPECT_TRUE(one("--security-opt no-new-privileges:false").no_new_privileges.is(false));
  for (const char* spelling : {"seccomp=unconfined", "seccomp:unconfined"}) {
    EXPECT_EQ(one("--security-opt " + std::string(spelling)).seccomp->kind, ProfileChoice::Kind::unconfined);
  }
  EXPECT_EQ(one("--security-opt seccomp=/p.json").seccomp->name, "/p.json");
  EXPECT_EQ(one("--security-opt=apparmor=docker-default").apparmor->kind, ProfileChoice::Kind::runtime_default);
  EXPECT_TRUE(one("--security-opt label:disable").selinux->disabled);
  EXPECT_EQ(one("--security-opt label=type:x_t --security-opt label=level:s0:c1").selinux->level, "s0:c1");
  EXPECT_TRUE(one("--security-opt systempaths=unconfined").unmasked_paths.is(true));
  EXPECT_TRUE(one("--security-opt unmask=ALL", "podman").unmasked_paths.is(true));
}

TEST(RunFlags, Capabilities) {
  EXPECT_EQ(one("--cap-add=A,B").cap_add.items.size(), 1U);
  const Workload podman = one("--cap-add=SYS_ADMIN,NET_ADMIN --cap-drop all", "podman");
  ASSERT_EQ(podman.cap_add.items.size(), 2U);
  EXPECT_EQ(podman.cap_add.items[1].value, "NET_ADMIN");
  EXPECT_EQ(podman.cap_drop.items[0].value, "all");
}

TEST(RunFlags, Volumes) {
  const Workload workload =
      one("-v /:/host:ro,rslave,Z -v data:/d -v /anon -v $PWD:/src --volume 'C:\\x:/y' -v \"${A:-/b}:/c\"");
  const auto& mounts = workload.mounts.items;
  ASSERT_EQ(mounts.size(), 6U);
  EXPECT_EQ(mounts[0].value.kind, MountKind::bind);
  EXPECT_EQ(mounts[0].value.read_only, true);
  EXPECT_EQ(mounts[0].value.propagation, "rslave");
  EXPECT_EQ(mounts[0].value.selinux, "Z");
  EXPECT_EQ(mounts[1].value.kind, MountKind::volume);
  EXPECT_EQ(mounts[2].value.source, "");
  EXPECT_EQ(mounts[2].value.target, "/anon");
  EXPECT_EQ(mounts[3].value.kind, MountKind::bind);
  EXPECT_FALSE(mounts[3].known);
  EXPECT_EQ(mounts[4].value.source, "C:\\x");
  EXPECT_EQ(mounts[5].value.source, "/b");
}

TEST(RunFlags, Mounts) {
  const auto mount = [](std::string_view text) { return one("--mount " + std::string(text)).mounts.items[0].value; };
  EXPECT_EQ(mount("type=bind,src=/a,dst=/b,readonly,bind-propagation=shared").propagation, "shared");
  EXPECT_EQ(mount("type=bind,src=/a,dst=/b,readonly").read_only, true);
  EXPECT_EQ(mount("type=bind,src=/a,dst=/b,ro=false").read_only, false);
  EXPECT_EQ(mount("type=tmpfs,target=/t,tmpfs-size=1m,tmpfs-mode=1777").options[0], (KeyValue{"size", "1m"}));
  EXPECT_EQ(mount("source=v,target=/t").kind, MountKind::volume);
  const Mount disguised = mount(
      "'type=volume,dst=/x,volume-driver=local,volume-opt=type=none,\"volume-opt=o=bind,ro\",volume-opt=device=/etc'");
  EXPECT_EQ(disguised.bind_in_disguise, "/etc");
  const Workload tmpfs = one("--tmpfs /run:rw,noexec,size=64m");
  EXPECT_EQ(tmpfs.mounts.items[0].value.kind, MountKind::tmpfs);
  EXPECT_TRUE(tmpfs.mounts.items[0].value.has_option("noexec"));
  EXPECT_EQ(one("--use-api-socket").mounts.items[0].value.source, "/var/run/docker.sock");
}

TEST(RunFlags, Ports) {
  const auto port = [](std::string_view text) { return one("-p " + std::string(text)).ports.items[0].value; };
  EXPECT_EQ(port("127.0.0.1:8080:80/udp").host_ip, "127.0.0.1");
  EXPECT_EQ(port("127.0.0.1:8080:80/udp").protocol, "udp");
  EXPECT_EQ(port("[::1]:8080:80").host_ip, "::1");
  EXPECT_EQ(port("127.0.0.1::80").host_first, 0U);
  EXPECT_EQ(port("8000-8010:9000-9010").container_last, 9010U);
  EXPECT_EQ(port("80").host_ip, "");
  EXPECT_TRUE(one("-P").publish_all.is(true));
  EXPECT_TRUE(one("-p $PORT:80").ports.empty());
}

TEST(RunFlags, Resources) {
  const Workload workload =
      one("-m 512m --memory-swap=-1 --memory-reservation 1.5g --cpus 0.5 -c 512 --cpuset-cpus 0-1 --pids-limit 100 "
          "--ulimit nofile=1024:2048 --ulimit core=-1 --shm-size 64mb --oom-kill-disable --oom-score-adj -500");
  EXPECT_TRUE(workload.memory.is(512LL << 20));
  EXPECT_TRUE(workload.memory_swap.is(-1));
  EXPECT_TRUE(workload.memory_reservation.is(1536LL << 20));
  EXPECT_TRUE(workload.cpus.is(0.5));
  EXPECT_TRUE(workload.cpu_shares.is(512));
  EXPECT_TRUE(workload.pids_limit.is(100));
  EXPECT_EQ(workload.ulimits.items[0].value.hard, 2048);
  EXPECT_EQ(workload.ulimits.items[1].value.soft, -1);
  EXPECT_TRUE(workload.shm_size.is(64LL << 20));
  EXPECT_TRUE(workload.oom_kill_disable.is(true));
  EXPECT_TRUE(workload.oom_score_adj.is(-500));
  EXPECT_TRUE(one("--cpu-quota 50000 --cpu-period 25000").cpus.is(2.0));
  EXPECT_FALSE(one("-m $MEM").memory.known());
}

TEST(RunFlags, NamespacesAndNetworks) {
  const Workload workload =
      one("--pid=host --ipc host --uts host --userns=host --cgroupns host --network db --network-alias x");
  EXPECT_TRUE(workload.pid_mode.is("host"));
  EXPECT_TRUE(workload.ipc_mode.is("host"));
  EXPECT_TRUE(workload.uts_mode.is("host"));
  EXPECT_TRUE(workload.userns_mode.is("host"));
  EXPECT_TRUE(workload.cgroupns_mode.is("host"));
  ASSERT_EQ(workload.networks.items.size(), 1U);
  EXPECT_EQ(workload.networks.items[0].value.aliases, (std::vector<std::string>{"x"}));
  EXPECT_EQ(one("--network name=n,alias=a,ip=10.0.0.2").networks.items[0].value.ipv4, "10.0.0.2");
  EXPECT_EQ(one("--network slirp4netns:port_handler=slirp4netns", "podman").networks.items.size(), 0U);
  EXPECT_TRUE(one("--network container:web").network_mode.is("container:web"));
}

TEST(RunFlags, LifeAndEnvironment) {
  const Workload workload =
      one("-e A=b=c -e B --env-file f -l k=v --restart on-failure:5 --health-cmd 'curl -f x || exit 1' "
          "--health-interval=5s --health-retries 3 --log-driver syslog --log-opt tag=x --init --stop-timeout 5 "
          "--stop-signal TERM --name web --gpus all --device /dev/a:/dev/b:r --device /dev/c:rw --entrypoint '' "
          "--device-cgroup-rule 'c 1:3 rwm' --sysctl net.core.somaxconn=9 --group-add 5 --read-only -w /app -h h");
  EXPECT_EQ(workload.environment.items[0].value.value, "b=c");
  EXPECT_EQ(workload.environment.items[1].value.from, EnvironmentVariable::From::host);
  EXPECT_EQ(workload.restart->max_retries, 5);
  EXPECT_EQ(workload.healthcheck->test.arguments[0], "curl -f x || exit 1");
  EXPECT_EQ(workload.healthcheck->retries, 3);
  EXPECT_EQ(workload.logging->driver, "syslog");
  EXPECT_EQ(workload.logging->options[0].value, "x");
  EXPECT_TRUE(workload.init.is(true));
  EXPECT_EQ(*workload.stop_grace_period, "5s");
  EXPECT_EQ(workload.name, "web");
  EXPECT_EQ(workload.subject, "docker run nginx:1");
  EXPECT_EQ(workload.devices.items[0].value.container, "/dev/b");
  EXPECT_EQ(workload.devices.items[1].value.permissions, "rw");
  EXPECT_TRUE(workload.entrypoint->arguments.empty());
  EXPECT_TRUE(one("--no-healthcheck").healthcheck->disabled);
}

TEST(RunFlags, WhatTheModelHasNoFieldForIsKept) {
  const Workload workload = one("--isolation hyperv -d");
  ASSERT_EQ(workload.unmodelled.items.size(), 2U);
  EXPECT_EQ(workload.unmodelled.items[0].value, (KeyValue{"--isolation", "hyperv"}));
}

TEST(RunFlags, UnknownOnesAreToldWithTheirPlace) {
  Subjects subjects = read_text("x\ndocker run --privileged --volum /:/h --userns-remap=x nginx");
  EXPECT_EQ(errors_of(subjects),
            "t:2:25: docker run has no flag \"--volum\"; did you mean \"--volume\"?\n"
            "t:2:38: docker run has no flag \"--userns-remap\"\n");
  ASSERT_EQ(subjects.workloads.size(), 1U);
  EXPECT_EQ(subjects.workloads[0].image->text, "nginx");
  EXPECT_TRUE(subjects.workloads[0].privileged.is(true));
  EXPECT_EQ(errors_of(read_text("docker run --secret x nginx")),
            "t:1:12: docker run has no flag \"--secret\"; it is one of another program\n");
  EXPECT_EQ(errors_of(read_text("docker run -Z nginx")), "t:1:12: docker run has no flag \"-Z\"\n");
  EXPECT_EQ(errors_of(read_text("docker run -m lots nginx")), "t:1:15: --memory: \"lots\" is not a size\n");
  EXPECT_EQ(errors_of(read_text("docker run --rm")), "t:1:8: no image is named\n");
  EXPECT_EQ(errors_of(read_text("docker run --name")), "t:1:12: \"--name\" needs a value\nt:1:8: no image is named\n");
}

}  // namespace
}  // namespace oakum::runcmd
