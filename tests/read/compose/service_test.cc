#include <gtest/gtest.h>

#include "fixture.h"

namespace oakum::compose {
namespace {

TEST(ComposeService, NamesItselfAndItsPlace) {
  const Project project("services:\n  web:\n    image: nginx:1.27\n");
  const Workload& service = project.only();
  EXPECT_EQ(service.surface, Surface::compose);
  EXPECT_EQ(service.subject, "service \"web\"");
  EXPECT_EQ(project.cut(service.origin), "web");
  EXPECT_EQ(service.origin.span.line, 2U);
  EXPECT_EQ(service.origin.node, "services.web");
  EXPECT_EQ(service.image->repository, "nginx");
  EXPECT_EQ(service.image.origin().node, "services.web.image");
  EXPECT_EQ(project.cut(service.image.origin()), "nginx:1.27");
  EXPECT_EQ(project.errors(), "");
}

TEST(ComposeService, IdentityKeys) {
  const Project project =
      web("container_name: c\nimage: a/b\npull_policy: always\nplatform: linux/arm64\nentrypoint: [\"/e\", x]\n"
          "command: run it\nworking_dir: /w\nuser: \"1000:staff\"\ngroup_add: [audio, 44]");
  const Workload& service = project.only();
  EXPECT_EQ(*service.container_name, "c");
  EXPECT_EQ(*service.pull_policy, "always");
  EXPECT_EQ(*service.platform, "linux/arm64");
  EXPECT_EQ(*service.entrypoint, (CommandLine{{"/e", "x"}, false}));
  EXPECT_EQ(*service.command, (CommandLine{{"run it"}, true}));
  EXPECT_EQ(*service.working_dir, "/w");
  EXPECT_EQ(*service.user, "1000");
  EXPECT_EQ(*service.group, "staff");
  EXPECT_EQ(values(service.extra_groups), (Texts{"audio", "44"}));
  EXPECT_EQ(project.errors(), "");
}

TEST(ComposeService, PrivilegeKeys) {
  const Project project =
      web("privileged: true\ncap_add: [SYS_ADMIN]\ncap_drop:\n  - ALL\npid: host\nipc: shareable\nuts: host\n"
          "userns_mode: host\ncgroup: host\ncgroup_parent: /x\ndevice_cgroup_rules: ['c 1:3 mr']");
  const Workload& service = project.only();
  EXPECT_TRUE(service.privileged.is(true));
  EXPECT_EQ(project.cut(service.privileged.origin()), "true");
  EXPECT_EQ(values(service.cap_add), Texts{"SYS_ADMIN"});
  EXPECT_EQ(project.cut(service.cap_add.items[0].origin), "SYS_ADMIN");
  EXPECT_EQ(service.cap_add.items[0].origin.node, "services.web.cap_add[0]");
  EXPECT_EQ(project.cut(service.cap_drop.origin), "cap_drop");
  EXPECT_EQ(*service.pid_mode, "host");
  EXPECT_EQ(*service.ipc_mode, "shareable");
  EXPECT_EQ(*service.uts_mode, "host");
  EXPECT_EQ(*service.userns_mode, "host");
  EXPECT_EQ(*service.cgroupns_mode, "host");
  EXPECT_EQ(*service.cgroup_parent, "/x");
  EXPECT_EQ(values(service.device_cgroup_rules), Texts{"c 1:3 mr"});
}

TEST(ComposeService, SecurityOptionsInAllForms) {
  for (const std::string_view form : {"no-new-privileges", "no-new-privileges:true", "no-new-privileges=true"}) {
    EXPECT_TRUE(web("security_opt: ['" + std::string(form) + "']").only().no_new_privileges.is(true)) << form;
  }
  const Project project =
      web("security_opt:\n  - no-new-privileges:false\n  - seccomp:unconfined\n  - apparmor=my-profile\n"
          "  - label=type:container_t\n  - label:level:s0\n  - systempaths=unconfined\n  - odd");
  const Workload& service = project.only();
  EXPECT_TRUE(service.no_new_privileges.is(false));
  EXPECT_EQ(service.seccomp->kind, ProfileChoice::Kind::unconfined);
  EXPECT_EQ(service.apparmor->kind, ProfileChoice::Kind::custom);
  EXPECT_EQ(service.apparmor->name, "my-profile");
  EXPECT_EQ(service.selinux->type, "container_t");
  EXPECT_EQ(service.selinux->level, "s0");
  EXPECT_TRUE(service.unmasked_paths.is(true));
  EXPECT_EQ(service.security_opt.items.size(), 7U);
  EXPECT_EQ(project.cut(service.seccomp.origin()), "seccomp:unconfined");
  EXPECT_EQ(web("security_opt: ['seccomp=builtin']").only().seccomp->kind, ProfileChoice::Kind::runtime_default);
  EXPECT_TRUE(web("security_opt: ['label:disable']").only().selinux->disabled);
}

TEST(ComposeService, ResourceKeys) {
  const Workload& service = web("mem_limit: 512m\nmemswap_limit: -1\nmem_reservation: 1.5gb\ncpus: '0.5'\n"
                                "cpu_shares: 10\ncpuset: 0-1\npids_limit: 100\noom_kill_disable: true\n"
                                "oom_score_adj: -500\nshm_size: 64mb\nblkio_config: {weight: 300}\n"
                                "sysctls: [net.a=1]\nstorage_opt: {size: 1G}\n"
                                "ulimits:\n  nofile: {soft: 10, hard: 20}\n  nproc: 5\n  core: -1")
                                .only();
  EXPECT_EQ(*service.memory, 512LL << 20);
  EXPECT_EQ(*service.memory_swap, -1);
  EXPECT_EQ(*service.memory_reservation, (3LL << 30) / 2);
  EXPECT_EQ(*service.cpus, 0.5);
  EXPECT_EQ(*service.cpu_shares, 10);
  EXPECT_EQ(*service.cpuset, "0-1");
  EXPECT_EQ(*service.pids_limit, 100);
  EXPECT_TRUE(service.oom_kill_disable.is(true));
  EXPECT_EQ(*service.oom_score_adj, -500);
  EXPECT_EQ(*service.shm_size, 64LL << 20);
  EXPECT_EQ(*service.blkio_weight, "300");
  EXPECT_EQ(values(service.sysctls), (std::vector<KeyValue>{{"net.a", "1"}}));
  EXPECT_EQ(*service.storage_driver_options, "size=1G");
  EXPECT_EQ(values(service.ulimits), (std::vector<Ulimit>{{"nofile", 10, 20}, {"nproc", 5, 5}, {"core", -1, -1}}));
}

TEST(ComposeService, QuotaIsCores) {
  EXPECT_EQ(*web("cpu_quota: 50000").only().cpus, 0.5);
  EXPECT_EQ(*web("cpu_quota: 50000\ncpu_period: 25000").only().cpus, 2.0);
}

TEST(ComposeService, Deploy) {
  const Project project =
      web("deploy:\n  replicas: 3\n  restart_policy: {condition: any, max_attempts: 2}\n  resources:\n"
          "    limits: {cpus: '2', memory: 1G, pids: 50}\n    reservations:\n      cpus: 0.25\n      memory: 20M\n"
          "      devices:\n        - {driver: nvidia, count: all, capabilities: [gpu, utility]}");
  const Workload& service = project.only();
  EXPECT_EQ(*service.replicas, 3);
  EXPECT_EQ(service.restart->name, "always");
  EXPECT_EQ(service.restart->max_retries, 2);
  EXPECT_EQ(*service.cpus, 2.0);
  EXPECT_EQ(*service.memory, 1LL << 30);
  EXPECT_EQ(service.memory.origin().node, "services.web.deploy.resources.limits.memory");
  EXPECT_EQ(*service.pids_limit, 50);
  EXPECT_EQ(*service.cpu_reservation, 0.25);
  EXPECT_EQ(*service.memory_reservation, 20LL << 20);
  EXPECT_EQ(values(service.device_requests), Texts{"driver=nvidia,count=all,capabilities=gpu;utility"});
  EXPECT_EQ(web("restart: 'no'\ndeploy: {restart_policy: {condition: any}}").only().restart->name, "no");
  EXPECT_EQ(values(web("gpus: all").only().device_requests), Texts{"all"});
}

TEST(ComposeService, EnvironmentAsListAndMapping) {
  const Project list = web("environment:\n  - A=1\n  - B=\n  - HOST\n  - C=x=y");
  const Project map = web("environment:\n  A: 1\n  B: ''\n  HOST:\n  C: x=y");
  for (const Project* project : {&list, &map}) {
    const auto& items = project->only().environment.items;
    ASSERT_EQ(items.size(), 4U);
    EXPECT_EQ(items[0].value.name, "A");
    EXPECT_EQ(items[0].value.value, "1");
    EXPECT_EQ(items[1].value.value, "");
    EXPECT_EQ(items[2].value.value, std::nullopt);
    EXPECT_EQ(items[2].value.from, EnvironmentVariable::From::host);
    EXPECT_EQ(items[3].value.value, "x=y");
  }
  EXPECT_EQ(list.cut(list.only().environment.items[0].origin), "A=1");
  EXPECT_EQ(map.cut(map.only().environment.items[0].origin), "A: 1");
  EXPECT_EQ(map.cut(map.only().environment.origin), "environment");
}

TEST(ComposeService, EnvFilesLabelsAndAnnotations) {
  const Workload& service =
      web("env_file:\n  - a.env\n  - {path: b.env, required: false}\nlabels: [x=1]\nannotations: {y: z}").only();
  EXPECT_EQ(values(service.env_files), (Texts{"a.env", "b.env"}));
  EXPECT_EQ(values(service.labels), (std::vector<KeyValue>{{"x", "1"}}));
  EXPECT_EQ(values(service.annotations), (std::vector<KeyValue>{{"y", "z"}}));
  EXPECT_EQ(values(web("env_file: c.env").only().env_files), Texts{"c.env"});
}

TEST(ComposeService, VariablesOfEnvFilesStandInTheFile) {
  const Project project(
      "services:\n  web:\n    image: x\n    env_file: [a.env, {path: sub/b.env}]\n    environment: {A: here}\n",
      {{"a.env", "# c\nA=file\n export B='one two'\nC=$B-${HOST}\nD=first\n"}, {"sub/b.env", "D=\"last\"\n"}},
      {.environment = {{"HOST", "h"}}});
  EXPECT_EQ(project.errors(), "");
  const auto& items = project.only().environment.items;
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[0].value.value, "here");
  EXPECT_EQ(items[1].value, (EnvironmentVariable{"B", "one two", EnvironmentVariable::From::file, "a.env"}));
  EXPECT_EQ(project.file(items[1].origin), "a.env");
  EXPECT_EQ(project.cut(items[1].origin), "export B='one two'");
  EXPECT_EQ(items[1].origin.span.line, 3U);
  EXPECT_EQ(items[2].value.value, "one two-h");
  EXPECT_EQ(items[3].value.value, "last");
  EXPECT_EQ(project.file(items[3].origin), "sub/b.env");
}

TEST(ComposeService, EnvFilesAsTheyStandAndUnknownValues) {
  const Project project("services:\n  web:\n    env_file: [{path: a.env, format: raw}, b.env]\n",
                        {{"a.env", "A='$x' #y\n"}, {"b.env", "B=$NOWHERE"}});
  const auto& items = project.only().environment.items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].value.value, "'$x' #y");
  EXPECT_FALSE(items[1].known);
}

TEST(ComposeService, EnvFilesThatMustBeThereAreNotEvaluated) {
  const std::string text =
      "services:\n  web:\n    env_file:\n      - {path: no.env, required: false}\n      - gone.env\n";
  const Project project(text);
  EXPECT_EQ(project.errors(), "");
  ASSERT_EQ(project.subjects.not_evaluated.size(), 1U);
  EXPECT_EQ(project.subjects.not_evaluated[0].why, "env_file \"gone.env\" is not here to read");
  EXPECT_EQ(project.subjects.not_evaluated[0].origin.span.line, 5U);
}

TEST(ComposeService, EnvFilesThatDoubleThemselvesEnd) {
  std::string text = "A0=xxxxxxxxxxxxxxxx\n";
  for (int i = 1; i < 200; ++i) {
    const std::string before = "$A" + std::to_string(i - 1);
    text += "A" + std::to_string(i) + "=" + before + before + "\n";
  }
  const Project project("services:\n  web:\n    env_file: a.env\n", {{"a.env", text}});
  EXPECT_EQ(project.only().environment.items.size(), 200U);
  EXPECT_FALSE(project.only().environment.items.back().known);
}

TEST(ComposeService, WhatIsNotDeclaredIsToldWithItsPlace) {
  const std::string top = "\nnetworks: {front: {}}\nvolumes: {data: {}}\nsecrets: {pass: {file: p}}\n";
  const auto errors = [&](const std::string& keys) {
    return Project("services:\n  web:\n    image: x\n    " + keys + top).errors();
  };
  EXPECT_EQ(errors("networks: [front, default]"), "");
  EXPECT_EQ(errors("volumes: [data:/a, ./b:/b, /c, {type: volume, target: /d}, '$V:/e']"), "");
  EXPECT_EQ(errors("secrets: [pass, {source: pass}]"), "");
  EXPECT_EQ(errors("networks: [fornt]"),
            "compose.yaml:4:16: service \"web\" refers to the network \"fornt\", which is not declared; did you mean "
            "\"front\"?\n");
  EXPECT_EQ(errors("networks: {other: {}}"),
            "compose.yaml:4:16: service \"web\" refers to the network \"other\", which is not declared; declare it "
            "below the top-level key \"networks\"\n");
  EXPECT_EQ(errors("volumes: ['date:/a']"),
            "compose.yaml:4:15: service \"web\" refers to the volume \"date\", which is not declared; did you mean "
            "\"data\"?\n");
  EXPECT_EQ(errors("configs: [{source: app}]"),
            "compose.yaml:4:15: service \"web\" refers to the config \"app\", which is not declared; declare it below "
            "the top-level key \"configs\"\n");
}

TEST(ComposeService, AFileThatAddsToAnotherMayReferToWhatThatDeclares) {
  const std::string text = "services:\n  web:\n    image: x\n    networks: [front]\n    volumes: [data:/a]\n";
  const auto errors = [&](const std::string& name, const std::map<std::string, std::string>& files) {
    return Project(std::vector<Input>{{name, text}}, files).errors();
  };
  const std::map<std::string, std::string> base{{"app/docker-compose.yml", "services: {}\n"}};
  EXPECT_EQ(errors("app/docker-compose.prod.yml", base), "");
  EXPECT_NE(errors("app/docker-compose.prod.yml", {}), "");
  EXPECT_NE(errors("app/docker-compose.yaml", base), "");
  EXPECT_NE(errors("app/prod.yml", base), "");
  // Neither image nor build: nobody can start this alone.
  EXPECT_EQ(Project("services:\n  web:\n    networks: [front]\n").errors(), "");
}

TEST(ComposeService, AServiceOfTheFirstFormatIsToldWhereItBelongs) {
  EXPECT_EQ(Project("web:\n  image: x\ndb:\n  build: .\nservces: {}\n").errors(),
            "compose.yaml:1:1: unknown key \"web\"; a service stands below the top-level key \"services\"\n"
            "compose.yaml:3:1: unknown key \"db\"; a service stands below the top-level key \"services\"\n"
            "compose.yaml:5:1: unknown key \"servces\"; did you mean \"services\"?\n");
}

TEST(ComposeService, WhatCouldNotBeExtendedIsKnownToBeMissing) {
  const Project project("services:\n  web:\n    image: x\n    extends: {file: gone.yaml, service: base}\n");
  ASSERT_EQ(project.only().unmodelled.items.size(), 1U);
  EXPECT_EQ(project.only().unmodelled.items.front().value.key, "extends");
  EXPECT_FALSE(project.only().unmodelled.items.front().known);
  EXPECT_TRUE(Project("services:\n  a: {image: x}\n  b: {extends: a}\n").service("b").unmodelled.empty());
}

TEST(ComposeService, HealthChecks) {
  const auto check = [](const std::string& keys) { return *web("healthcheck:\n" + keys).only().healthcheck; };
  EXPECT_EQ(check("  test: curl -f x").test, (CommandLine{{"curl -f x"}, true}));
  EXPECT_EQ(check("  test: [CMD, curl, x]").test, (CommandLine{{"curl", "x"}, false}));
  EXPECT_EQ(check("  test: [CMD-SHELL, 'curl x']").test, (CommandLine{{"curl x"}, true}));
  EXPECT_TRUE(check("  test: [NONE]").disabled);
  EXPECT_TRUE(check("  disable: true").disabled);
  const HealthCheck full =
      check("  test: x\n  interval: 1m30s\n  timeout: 10s\n  retries: 3\n  start_period: 40s\n  start_interval: 5s");
  EXPECT_EQ(full.interval, "1m30s");
  EXPECT_EQ(full.retries, 3);
  EXPECT_EQ(full.start_interval, "5s");
  EXPECT_NE(web("healthcheck: {test: [curl]}").errors().find("starts with NONE, CMD or CMD-SHELL"), std::string::npos);
}

TEST(ComposeService, LifeKeys) {
  const Project project =
      web("restart: on-failure:3\ninit: true\nstop_signal: SIGINT\nstop_grace_period: 1m\nruntime: runsc\ntty: true\n"
          "stdin_open: yes\nlogging: {driver: json-file, options: {max-size: 10m}}\ndepends_on:\n  db: {condition: "
          "service_healthy}\nprofiles: [debug]\nscale: 2");
  const Workload& service = project.only();
  EXPECT_EQ(service.restart->name, "on-failure");
  EXPECT_EQ(service.restart->max_retries, 3);
  EXPECT_TRUE(service.init.is(true));
  EXPECT_EQ(*service.stop_signal, "SIGINT");
  EXPECT_EQ(*service.runtime, "runsc");
  EXPECT_TRUE(service.stdin_open.is(true));
  EXPECT_EQ(service.logging->driver, "json-file");
  EXPECT_EQ(service.logging->options, (std::vector<KeyValue>{{"max-size", "10m"}}));
  EXPECT_EQ(values(service.depends_on), Texts{"db"});
  EXPECT_EQ(values(service.profiles), Texts{"debug"});
  EXPECT_EQ(*service.replicas, 2);
  EXPECT_EQ(web("restart: no").only().restart->name, "no");
}

TEST(ComposeService, VariablesWithoutValueAreNotKnown) {
  const Project project = web("privileged: ${PRIV}\nuser: ${UID:-1000}:${GID}\nmem_limit: ${M:-1g}\nimage: a:${TAG}");
  const Workload& service = project.only();
  EXPECT_TRUE(static_cast<bool>(service.privileged));
  EXPECT_FALSE(service.privileged.known());
  EXPECT_FALSE(service.user.known());
  EXPECT_EQ(*service.memory, 1LL << 30);
  EXPECT_TRUE(service.memory.known());
  EXPECT_TRUE(service.image->variable);
  EXPECT_FALSE(service.image.known());
  EXPECT_EQ(service.image->text, "a:${TAG}");
  EXPECT_EQ(project.errors(), "");
}

TEST(ComposeService, UnknownKeysAreToldAndKept) {
  const Project project = web("privilegd: true\nx-own: 1\nattach: false\ndevelop: {watch: []}");
  EXPECT_EQ(project.errors(),
            "compose.yaml:3:5: unknown key \"privilegd\" in service \"web\"; did you mean \"privileged\"?\n");
  EXPECT_EQ(values(project.only().unmodelled),
            (std::vector<KeyValue>{{"privilegd", "true"}, {"attach", "false"}, {"develop", ""}}));
}

TEST(ComposeService, WrongKindsAreTold) {
  EXPECT_EQ(web("privileged: maybe").errors(), "compose.yaml:3:17: \"privileged\" is not true or false\n");
  EXPECT_EQ(web("mem_limit: lots").errors(), "compose.yaml:3:16: \"mem_limit\" is not a size\n");
  EXPECT_EQ(web("cap_add: {a: b}").errors(), "compose.yaml:3:14: \"cap_add\" is not a list\n");
  EXPECT_EQ(web("restart: sometimes").errors(),
            "compose.yaml:3:14: \"restart\" is not \"no\", always, unless-stopped or on-failure\n");
}

}  // namespace
}  // namespace oakum::compose
