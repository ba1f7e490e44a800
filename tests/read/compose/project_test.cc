#include <gtest/gtest.h>

#include "fixture.h"

namespace oakum::compose {
namespace {

TEST(ComposeExtends, TakesOverAnotherServiceOfTheFile) {
  const Project project(
      "services:\n  base:\n    user: root\n    cap_add: [A]\n    environment: [X=1]\n  web:\n    extends: base\n"
      "    user: app\n    cap_add: [B]\n    environment: {X: 2}\n  job:\n    extends: {service: web}\n");
  const Workload& web = project.service("web");
  EXPECT_EQ(*web.user, "app");
  EXPECT_EQ(web.user.statements().size(), 2U);
  EXPECT_EQ(values(web.cap_add), (Texts{"A", "B"}));
  EXPECT_EQ(web.environment.items.size(), 1U);
  EXPECT_EQ(project.cut(web.origin), "web");
  EXPECT_EQ(*project.service("job").user, "app");
  EXPECT_EQ(project.cut(project.service("job").origin), "job");
  EXPECT_EQ(project.errors(), "");
}

TEST(ComposeExtends, TakesOverAServiceOfAnotherFile) {
  const Project project(
      {{"dir/compose.yaml", "services:\n  web:\n    extends: {file: ../common/base.yaml, service: app}\n"}},
      {{"common/base.yaml", "services:\n  app:\n    extends: {file: root.yaml, service: r}\n    user: u\n"},
       {"common/root.yaml", "services:\n  r: {privileged: true}\n"}});
  EXPECT_EQ(project.errors(), "");
  EXPECT_EQ(*project.only().user, "u");
  EXPECT_EQ(project.file(project.only().user.origin()), "common/base.yaml");
  EXPECT_TRUE(project.only().privileged.is(true));
  EXPECT_EQ(project.subjects.projects[0].sources.size(), 3U);
}

TEST(ComposeExtends, CirclesAndMissingOnesAreToldByName) {
  const Project circle("services:\n  a: {extends: b}\n  b: {extends: c}\n  c: {extends: a}\n");
  EXPECT_NE(
      circle.errors().find("services extend each other in a circle: \"a\" (compose.yaml) → \"b\" (compose.yaml) → "
                           "\"c\" (compose.yaml) → \"a\" (compose.yaml)"),
      std::string::npos)
      << circle.errors();
  EXPECT_EQ(circle.subjects.workloads.size(), 3U);
  EXPECT_EQ(Project("services:\n  a: {extends: z}\n").errors(),
            "compose.yaml:2:16: no service \"z\" to extend in compose.yaml\n");
  EXPECT_EQ(Project("services:\n  a: {extends: {file: no.yaml, service: z}}\n").errors(),
            "compose.yaml:2:23: no.yaml: no such file\n");
  const Project far("services:\n  a: {extends: {file: b.yaml, service: b}}\n",
                    {{"b.yaml", "services:\n  b: {extends: {file: compose.yaml, service: a}}\n"},
                     {"compose.yaml", "services:\n  a: {extends: {file: b.yaml, service: b}}\n"}});
  EXPECT_NE(far.errors().find("in a circle"), std::string::npos);
}

TEST(ComposeExtends, LongChainsAndBigCopiesAreRefused) {
  std::string text = "services:\n  s0: {user: x}\n";
  for (int i = 1; i < 40; ++i) text += "  s" + std::to_string(i) + ": {extends: s" + std::to_string(i - 1) + "}\n";
  EXPECT_NE(Project(text).errors().find("more than 20 levels of extends"), std::string::npos);
  std::string big = "services:\n  base:\n    cap_add: [";
  for (int i = 0; i < 20000; ++i) big += "c" + std::to_string(i) + ",";
  big += "]\n";
  for (int i = 0; i < 200; ++i) big += "  s" + std::to_string(i) + ": {extends: base}\n";
  EXPECT_NE(Project(big).errors().find("copy more than 1,000,000 values"), std::string::npos);
}

TEST(ComposeInclude, AddsWhatAnotherFileDeclares) {
  const Project project(
      "include:\n  - sub/compose.yaml\n  - {path: [o/a.yaml, o/b.yaml], env_file: o/e.env}\n"
      "services:\n  web: {image: x}\n",
      {{"sub/compose.yaml", "include: [more.yaml]\nservices:\n  db: {image: 'pg:${TAG}'}\n"},
       {"sub/.env", "TAG=16\n"},
       {"sub/more.yaml", "services:\n  log: {user: root}\nnetworks: {n: {internal: true}}\n"},
       {"o/a.yaml", "services:\n  other: {user: a}\n"},
       {"o/b.yaml", "services:\n  other: {user: '${U}'}\n"},
       {"o/e.env", "U=b\n"}});
  EXPECT_EQ(project.errors(), "");
  EXPECT_EQ(project.subjects.workloads.size(), 4U);
  EXPECT_EQ(project.service("db").image->tag, "16");
  EXPECT_EQ(project.file(project.service("log").origin), "sub/more.yaml");
  EXPECT_EQ(*project.service("other").user, "b");
  EXPECT_EQ(project.subjects.projects.size(), 1U);
  EXPECT_EQ(project.subjects.projects[0].networks.size(), 1U);
}

TEST(ComposeInclude, CirclesConflictsAndMissingFilesAreTold) {
  const Project circle("include: [b.yaml]\n",
                       {{"b.yaml", "include: [compose.yaml]\n"}, {"compose.yaml", "include: [b.yaml]\n"}});
  EXPECT_NE(circle.errors().find("files include each other in a circle: compose.yaml → b.yaml → compose.yaml"),
            std::string::npos)
      << circle.errors();
  const Project conflict("include: [b.yaml]\nservices: {a: {user: x}}\n", {{"b.yaml", "services: {a: {user: y}}\n"}});
  EXPECT_EQ(conflict.errors(),
            "compose.yaml:1:11: the included file declares \"services.a\" too, which stands at compose.yaml:2:12\n");
  EXPECT_EQ(*conflict.only().user, "x");
  EXPECT_EQ(Project("include: [no.yaml]\nservices: {a: {}}\n").errors(), "compose.yaml:1:11: no.yaml: no such file\n");
  EXPECT_NE(Project("include: ['https://x/y.git']\n").errors().find("a remote file is not read"), std::string::npos);
}

TEST(ComposeInclude, ADiamondIsNoConflict) {
  const Project project(
      "include: [a.yaml, b.yaml]\n",
      {{"a.yaml", "include: [c.yaml]\n"}, {"b.yaml", "include: [c.yaml]\n"}, {"c.yaml", "services: {c: {user: x}}\n"}});
  EXPECT_EQ(project.errors(), "");
  EXPECT_EQ(project.subjects.workloads.size(), 1U);
}

TEST(ComposeProject, EnvironmentGoesBeforeDotenv) {
  Options options;
  options.environment = {{"A", "outside"}};
  const Project project({{"d/compose.yaml", "services: {w: {user: $A, hostname: $B}}"}},
                        {{"d/.env", "A=file\nB=file\n"}}, options);
  EXPECT_EQ(*project.only().user, "outside");
  EXPECT_EQ(*project.only().hostname, "file");
}

TEST(ComposeProject, ProfilesCanChoose) {
  const std::string text = "services:\n  a: {}\n  b: {profiles: [p]}\n  c: {profiles: [q]}\n";
  EXPECT_EQ(Project(text).subjects.workloads.size(), 3U);
  Options options;
  options.all_profiles = false;
  EXPECT_EQ(Project(text, {}, options).subjects.workloads.size(), 1U);
  options.environment = {{"COMPOSE_PROFILES", "x,p"}};
  EXPECT_EQ(Project(text, {}, options).subjects.workloads.size(), 2U);
}

TEST(ComposeProject, TopLevelKeys) {
  const Project project("version: '3'\nname: n\nservces: {}\nx-a: 1\nservices: {}\n");
  ASSERT_EQ(project.subjects.projects.size(), 1U);
  EXPECT_EQ(*project.subjects.projects[0].version, "3");
  EXPECT_EQ(*project.subjects.projects[0].name, "n");
  EXPECT_EQ(project.subjects.projects[0].top_level_keys.size(), 5U);
  EXPECT_EQ(project.errors(), "compose.yaml:3:1: unknown key \"servces\"; did you mean \"services\"?\n");
}

TEST(ComposeProject, BrokenInputIsOneError) {
  EXPECT_EQ(Project("services: [").subjects.errors.size(), 1U);
  EXPECT_EQ(Project("services: [a]\n").errors(), "compose.yaml:1:11: \"services\" is not a mapping\n");
  EXPECT_EQ(Project("services: {a: 5}\n").errors(), "compose.yaml:1:15: the service \"a\" is not a mapping\n");
  EXPECT_EQ(Project("- a\n").errors(), "compose.yaml:1:1: a Compose file is a mapping of keys\n");
  EXPECT_EQ(Project("services: {a: {user: '${'}}\n").errors(),
            "compose.yaml:1:22: \"${\" without \"}\"; write $$ for a dollar sign\n");
  EXPECT_EQ(Project("").errors(), "");
}

TEST(ComposeProject, HostileSizesAreBounded) {
  std::string services = "services:\n";
  for (int i = 0; i < 20000; ++i) services += "  s" + std::to_string(i) + ": {image: a}\n";
  const Project many(services);
  EXPECT_EQ(many.subjects.workloads.size(), 10000U);
  EXPECT_NE(many.errors().find("more than 10,000 members"), std::string::npos);
  std::string include = "include:\n";
  std::map<std::string, std::string> files;
  for (int i = 0; i < 150; ++i) {
    include += "  - f" + std::to_string(i) + "\n";
    files["f" + std::to_string(i)] = "services: {s" + std::to_string(i) + ": {}}\n";
  }
  const Project wide(include, files);
  EXPECT_EQ(wide.subjects.workloads.size(), 99U);
  EXPECT_NE(wide.errors().find("more than 100 Compose files"), std::string::npos);
}

TEST(ComposeProject, ErrorsAreBounded) {
  std::string text = "services:\n  a:\n";
  for (int i = 0; i < 5000; ++i) text += "    k" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(Project(text).subjects.errors.size(), 1000U);
}

TEST(ComposeProject, LooksLikeCompose) {
  EXPECT_TRUE(looks_like_compose("services:\n  a:\n    image: b\n"));
  EXPECT_TRUE(looks_like_compose("version: '2'\nnetworks: {a: {}}\n"));
  EXPECT_TRUE(looks_like_compose("include: [a.yaml]\n"));
  EXPECT_TRUE(looks_like_compose("# c\nservices:  # c\n\n  a:\n    image: [\n"));
  EXPECT_TRUE(looks_like_compose("{services: {a: {}}}"));
  EXPECT_FALSE(looks_like_compose("services: [a]\n"));
  EXPECT_FALSE(looks_like_compose("services:\n  - a: b\n"));
  EXPECT_FALSE(looks_like_compose("services:\nother: 1\n"));
  EXPECT_FALSE(looks_like_compose("apiVersion: v1\nkind: Secret\nconfigs: {}\n"));
  EXPECT_FALSE(looks_like_compose("jobs: {a: {services: {}}}\n"));
  EXPECT_FALSE(looks_like_compose("{ not yaml services"));
  EXPECT_FALSE(looks_like_compose(""));
}

}  // namespace
}  // namespace oakum::compose
