#include <gtest/gtest.h>

#include "fixture.h"

namespace oakum::compose {
namespace {

// What a second file with these keys of service "web" makes of the first.
Project merged(const std::string& base, const std::string& over) {
  const std::string head = "services:\n  web:\n";
  return Project({{"a.yaml", head + base}, {"b.yaml", head + over}});
}

TEST(ComposeMerge, TheLastScalarWinsAndAllAreKept) {
  const Project project = merged("    user: root\n    privileged: false\n", "    user: app\n");
  const Workload& service = project.only();
  EXPECT_EQ(*service.user, "app");
  EXPECT_EQ(project.file(service.user.origin()), "b.yaml");
  EXPECT_EQ(project.cut(service.user.origin()), "app");
  ASSERT_EQ(service.user.statements().size(), 2U);
  EXPECT_EQ(service.user.statements()[0].value, "root");
  EXPECT_EQ(project.file(service.user.statements()[0].origin), "a.yaml");
  EXPECT_EQ(project.file(service.privileged.origin()), "a.yaml");
  EXPECT_EQ(project.file(service.origin), "a.yaml");
  EXPECT_EQ(project.errors(), "");
}

TEST(ComposeMerge, ThreeFilesKeepTheirOrder) {
  const auto text = [](const std::string& user) { return "services:\n  web:\n    user: " + user + "\n"; };
  const Project project({{"a", text("u1")}, {"b", text("u2")}, {"c", text("u3")}});
  Texts users;
  for (const auto& statement : project.only().user.statements()) users.push_back(statement.value);
  EXPECT_EQ(users, (Texts{"u1", "u2", "u3"}));
}

TEST(ComposeMerge, CommandsAreReplaced) {
  const Workload& service =
      merged("    command: [a, b]\n    entrypoint: [e]\n    healthcheck: {test: [CMD, a], retries: 2}\n",
             "    command: [c]\n    entrypoint: f\n    healthcheck: {test: [CMD, b]}\n")
          .only();
  EXPECT_EQ(service.command->arguments, Texts{"c"});
  EXPECT_EQ(service.command.statements().size(), 2U);
  EXPECT_TRUE(service.entrypoint->shell_form);
  EXPECT_EQ(service.healthcheck->test.arguments, Texts{"b"});
  EXPECT_EQ(service.healthcheck->retries, 2);
}

TEST(ComposeMerge, SequencesAreAppendedWithoutRepeats) {
  const Workload& service = merged("    cap_add: [A, B]\n    dns: 1.1.1.1\n    security_opt: [a]\n",
                                   "    cap_add: [B, C]\n    dns: [1.1.1.1, 8.8.8.8]\n    security_opt: [b]\n")
                                .only();
  EXPECT_EQ(values(service.cap_add), (Texts{"A", "B", "C"}));
  EXPECT_EQ(values(service.dns), (Texts{"1.1.1.1", "8.8.8.8"}));
  EXPECT_EQ(values(service.security_opt), (Texts{"a", "b"}));
}

TEST(ComposeMerge, EnvironmentMergesByNameInAnyForm) {
  for (const std::string base : {"    environment: {A: 1, B: 2}\n", "    environment: [A=1, B=2]\n"}) {
    for (const std::string over : {"    environment: {B: 3, C: 4}\n", "    environment: [B=3, C=4]\n"}) {
      const Project project = merged(base, over);
      const auto& items = project.only().environment.items;
      ASSERT_EQ(items.size(), 3U) << base << over;
      EXPECT_EQ(items[0].value.value, "1");
      EXPECT_EQ(items[1].value.name, "B");
      EXPECT_EQ(items[1].value.value, "3");
      EXPECT_EQ(project.file(items[1].origin), "b.yaml");
      EXPECT_EQ(items[2].value.value, "4");
    }
  }
}

TEST(ComposeMerge, VolumesMergeByTargetAndPortsByAll) {
  const Project project = merged("    volumes: ['a:/x', 'b:/y:ro']\n    ports: ['80:80', '127.0.0.1:81:81']\n",
                                 "    volumes: [{type: bind, source: /c, target: /y}]\n"
                                 "    ports: [{target: 80, published: '80'}, '81:81']\n");
  const Workload& service = project.only();
  ASSERT_EQ(service.mounts.items.size(), 2U);
  EXPECT_EQ(service.mounts.items[1].value.source, "/c");
  ASSERT_EQ(service.ports.items.size(), 3U);
  EXPECT_EQ(project.file(service.ports.items[0].origin), "b.yaml");
  EXPECT_EQ(service.ports.items[2].value.host_ip, "");
}

TEST(ComposeMerge, NetworksAndDependenciesMergeAcrossForms) {
  const Workload& service =
      merged("    networks: [a, b]\n    depends_on: [x]\n",
             "    networks: {b: {aliases: [q]}, c: }\n    depends_on: {y: {condition: service_started}}\n")
          .only();
  ASSERT_EQ(service.networks.items.size(), 3U);
  EXPECT_EQ(service.networks.items[1].value.aliases, Texts{"q"});
  EXPECT_EQ(values(service.depends_on), (Texts{"x", "y"}));
}

TEST(ComposeMerge, LoggingOptionsMergeUnderOneDriver) {
  const std::string base = "    logging: {driver: json-file, options: {a: 1}}\n";
  EXPECT_EQ(merged(base, "    logging: {options: {b: 2}}\n").only().logging->options.size(), 2U);
  const Project other = merged(base, "    logging: {driver: syslog, options: {b: 2}}\n");
  EXPECT_EQ(other.only().logging->driver, "syslog");
  EXPECT_EQ(other.only().logging->options.size(), 1U);
}

TEST(ComposeMerge, BuildMergesAStringAsItsContext) {
  const Workload& service = merged("    build: ./a\n", "    build: {args: {X: 1}, target: t}\n").only();
  EXPECT_EQ(service.build->context, "./a");
  EXPECT_EQ(service.build->target, "t");
  ASSERT_EQ(service.build->args.items.size(), 1U);
  EXPECT_EQ(service.build->args.items.front().value, (KeyValue{"X", "1"}));
}

TEST(ComposeMerge, ResetTakesAwayAndOverrideReplaces) {
  const Project project =
      merged("    ports: ['80:80']\n    cap_add: [A]\n    user: root\n    environment: {A: 1, B: 2}\n",
             "    ports: !override ['81:81']\n    cap_add: !reset []\n    user: !reset\n"
             "    environment: {A: !reset null}\n");
  const Workload& service = project.only();
  ASSERT_EQ(service.ports.items.size(), 1U);
  EXPECT_EQ(service.ports.items[0].value.host_first, 81U);
  EXPECT_FALSE(service.cap_add.stated);
  EXPECT_FALSE(static_cast<bool>(service.user));
  ASSERT_EQ(service.environment.items.size(), 1U);
  EXPECT_EQ(service.environment.items[0].value.name, "B");
}

TEST(ComposeMerge, LimitsTakeEitherForm) {
  const Project project = merged("    ulimits: {nofile: 5, core: 0}\n", "    ulimits: {nofile: {soft: 1, hard: 2}}\n");
  EXPECT_EQ(project.errors(), "");
  EXPECT_EQ(values(project.only().ulimits), (std::vector<Ulimit>{{"nofile", 1, 2}, {"core", 0, 0}}));
}

TEST(ComposeMerge, ServicesAreAddedAndKindsMustAgree) {
  const std::vector<Input> files{{"a.yaml", "services: {a: {cap_add: [A]}}"},
                                 {"b.yaml", "services: {a: {cap_add: B}, b: {}}"}};
  const Project project(files);
  EXPECT_EQ(project.errors(), "b.yaml:1:25: \"services.a.cap_add\" is of another kind in an earlier file\n");
  EXPECT_EQ(project.subjects.workloads.size(), 2U);
}

TEST(ComposeMerge, DocumentsOfOneFileMergeToo) {
  const Project project("services: {a: {user: x}}\n---\nservices: {a: {user: y}}\n");
  EXPECT_EQ(*project.only().user, "y");
}

TEST(ComposeMerge, AnchorsAndMergeKeys) {
  const Project project(
      "x-base: &base\n  read_only: true\n  cap_drop: [ALL]\nservices:\n  web:\n    <<: *base\n    image: x\n"
      "  job:\n    <<: *base\n    read_only: false\n");
  EXPECT_TRUE(project.service("web").read_only.is(true));
  EXPECT_EQ(project.service("web").read_only.origin().span.line, 2U);
  EXPECT_TRUE(project.service("job").read_only.is(false));
  EXPECT_EQ(values(project.service("job").cap_drop), Texts{"ALL"});
  EXPECT_EQ(project.errors(), "");
}

}  // namespace
}  // namespace oakum::compose
