#include <gtest/gtest.h>

#include "fixture.h"

namespace oakum::compose {
namespace {

TEST(ComposeBuild, AStringIsTheContext) {
  const Project project({{"d/compose.yaml", "services:\n  web:\n    build: ./app\n"}},
                        {{"d/app/Dockerfile", "FROM scratch\nUSER app\n"}});
  EXPECT_EQ(project.errors(), "");
  const Build& build = *project.only().build;
  EXPECT_EQ(build.context, "./app");
  EXPECT_EQ(project.cut(project.only().build.origin()), "build");
  ASSERT_TRUE(build.read.has_value());
  const Dockerfile& file = project.subjects.dockerfiles[*build.read];
  EXPECT_EQ(file.context, "d/app");
  EXPECT_EQ(project.subjects.source(file.source)->name, "d/app/Dockerfile");
  EXPECT_EQ(file.instructions.size(), 2U);
}

TEST(ComposeBuild, AllKeys) {
  const Project project(
      "services:\n  web:\n    build:\n      context: c\n      dockerfile: ../D\n      target: t\n      network: host\n"
      "      privileged: true\n      args: [A=1, B, 'C=${NONE}']\n      secrets: [s, {source: u}]\n      ssh: "
      "[default]\n"
      "      entitlements: [security.insecure]\n      platforms: [linux/arm64]\n",
      {{"D", "FROM a AS t\n"}}, {.environment = {{"B", "2"}}});
  EXPECT_EQ(project.errors(), "");
  const Build& build = *project.only().build;
  EXPECT_EQ(build.dockerfile, "../D");
  EXPECT_TRUE(build.privileged);
  EXPECT_EQ(build.network, "host");
  EXPECT_EQ(build.secrets, (Texts{"s", "u"}));
  EXPECT_EQ(build.ssh, Texts{"default"});
  EXPECT_EQ(build.entitlements, Texts{"security.insecure"});
  EXPECT_EQ(build.platforms, Texts{"linux/arm64"});
  ASSERT_EQ(build.args.items.size(), 3U);
  EXPECT_TRUE(project.cut(build.args.items.front().origin).starts_with("A")) << project.cut(build.args.items[0].origin);
  ASSERT_TRUE(build.read.has_value());
  const Dockerfile& file = project.subjects.dockerfiles[*build.read];
  EXPECT_EQ(file.target, "t");
  EXPECT_EQ(file.build_args, (std::vector<std::pair<std::string, std::string>>{{"A", "1"}, {"B", "2"}}));
}

const std::string kInline = "services:\n  web:\n    build:\n      dockerfile_inline: |\n";

TEST(ComposeBuild, AnInlineDockerfileIsReadInItsPlace) {
  const Project project(kInline + "        FROM scratch\n        USER app\n    user: x\n");
  EXPECT_EQ(project.errors(), "");
  const Build& build = *project.only().build;
  ASSERT_TRUE(build.read.has_value());
  const Dockerfile& file = project.subjects.dockerfiles[*build.read];
  EXPECT_EQ(project.subjects.source(file.source)->name, "compose.yaml");
  ASSERT_EQ(file.instructions.size(), 2U);
  EXPECT_EQ(file.instructions[0].name_span.line, 5U);
  EXPECT_EQ(file.instructions[0].name_span.column, 9U);
  EXPECT_EQ(file.instructions[1].name_span.line, 6U);
}

TEST(ComposeBuild, AnInlineDockerfileThatIndentationWouldChangeIsASourceOfItsOwn) {
  for (const std::string body :
       {"        FROM scratch\n        ENV A=$$B\n", "        # syntax=a/b\n        FROM scratch\n",
        "        FROM scratch\n        RUN <<EOF\n        x\n        EOF\n"}) {
    const Project project(kInline + body);
    EXPECT_EQ(project.errors(), "");
    const Build& build = *project.only().build;
    ASSERT_TRUE(build.read.has_value());
    const Dockerfile& file = project.subjects.dockerfiles[*build.read];
    EXPECT_EQ(project.subjects.source(file.source)->name, "compose.yaml (services.web.build.dockerfile_inline)");
    EXPECT_FALSE(file.instructions.empty());
  }
}

TEST(ComposeBuild, ASharedDockerfileIsReadOnceForTheSameArguments) {
  const Project project("services:\n  a: {build: .}\n  b: {build: .}\n  c: {build: {context: ., target: x}}\n",
                        {{"Dockerfile", "FROM scratch AS x\n"}});
  EXPECT_EQ(project.subjects.dockerfiles.size(), 2U);
  EXPECT_EQ(project.service("a").build->read, project.service("b").build->read);
}

TEST(ComposeBuild, WhatCannotBeReadIsTold) {
  EXPECT_EQ(Project("services:\n  web:\n    build: app\n").errors(),
            "compose.yaml:3:12: app/Dockerfile: no such file\n");
  EXPECT_EQ(Project("services:\n  web:\n    build: https://github.com/x/y.git\n").errors(), "");
  EXPECT_EQ(Project("services:\n  web:\n    build: ${CONTEXT}\n").errors(), "");
  Options options;
  options.read_builds = false;
  EXPECT_EQ(Project("services:\n  web:\n    build: app\n", {}, options).errors(), "");
}

TEST(ComposeBuild, AnExtendedBuildIsSeenFromItsOwnFile) {
  const Project project("services:\n  web:\n    extends: {file: lib/base.yaml, service: b}\n",
                        {{"lib/base.yaml", "services: {b: {build: ./img}}\n"}, {"lib/img/Dockerfile", "FROM a\n"}});
  EXPECT_EQ(project.errors(), "");
  EXPECT_TRUE(project.only().build->read.has_value());
}

}  // namespace
}  // namespace oakum::compose
