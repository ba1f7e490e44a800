#include <gtest/gtest.h>

#include "read/runcmd/lines.h"

namespace oakum::runcmd {
namespace {

TEST(RunLinesInUnits, ExecLines) {
  const char* text =
      "[Service]\n"
      "Environment=IMG=nginx:1 \"OPT=a b\"\n"
      "ExecStartPre=-/usr/bin/docker rm -f %n\n"
      "ExecStart=@-/usr/bin/docker docker run --rm --name %n \\\n"
      "  # a comment in between\n"
      "    --privileged -v /x:/y ${IMG}\n"
      "ExecStop=/bin/sh -c 'docker run b'\n";
  const Subjects subjects = read_text(text, Carrier::systemd);
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(images(subjects), "d:nginx:1 d:b");
  const Workload& workload = subjects.workloads[0];
  EXPECT_EQ(pointed(subjects, workload.privileged.origin()), "6:5 --privileged");
  EXPECT_FALSE(workload.container_name.known());
  EXPECT_EQ(pointed(subjects, subjects.workloads[1].image.origin()), "7:33 b");
}

TEST(RunLinesInUnits, Quadlets) {
  const char* text =
      "[Unit]\nDescription=x\n"
      "[Container]\n"
      "Image=docker.io/library/nginx:1\n"
      "AddCapability=SYS_ADMIN NET_ADMIN\n"
      "NoNewPrivileges=yes\n"
      "PublishPort=8080:80\n"
      "Volume=/:/host\n"
      "Environment=A=1 \"B=2 3\"\n"
      "User=1000\nGroup=1000\n"
      "SecurityLabelDisable=true\n"
      "PodmanArgs=--privileged --cpus 2\n"
      "Exec=serve now\n"
      "Odd=1\n"
      "[Service]\nRestart=always\n";
  const Subjects subjects = read_text(text, Carrier::systemd);
  EXPECT_EQ(errors_of(subjects), "");
  ASSERT_EQ(subjects.workloads.size(), 1U);
  const Workload& workload = subjects.workloads[0];
  EXPECT_EQ(workload.engine, Engine::podman);
  EXPECT_EQ(pointed(subjects, workload.origin), "3:1 [Container]");
  EXPECT_EQ(pointed(subjects, workload.image.origin()), "4:7 docker.io/library/nginx:1");
  ASSERT_EQ(workload.cap_add.items.size(), 2U);
  EXPECT_EQ(pointed(subjects, workload.cap_add.items[1].origin), "5:25 NET_ADMIN");
  EXPECT_TRUE(workload.no_new_privileges.is(true));
  EXPECT_EQ(workload.ports.items[0].value.host_first, 8080U);
  EXPECT_EQ(pointed(subjects, workload.mounts.items[0].origin), "8:8 /:/host");
  EXPECT_EQ(workload.environment.items[1].value.value, "2 3");
  EXPECT_TRUE(workload.group.is("1000"));
  EXPECT_TRUE(workload.selinux->disabled);
  EXPECT_TRUE(workload.privileged.is(true));
  EXPECT_EQ(pointed(subjects, workload.privileged.origin()), "13:12 --privileged");
  EXPECT_TRUE(workload.cpus.is(2.0));
  EXPECT_EQ(workload.command->arguments.size(), 2U);
  EXPECT_EQ(workload.unmodelled.items.back().value, (KeyValue{"Odd", "1"}));
}

TEST(RunLinesInYaml, ScalarsOfAllStyles) {
  const char* text =
      "jobs:\n"
      "  a:\n"
      "    env:\n"
      "      IMG: nginx:1\n"
      "    steps:\n"
      "      - run: docker run --privileged a\n"
      "      - run: |\n"
      "          set -e\n"
      "          docker run \\\n"
      "            --privileged $IMG\n"
      "      - run: >-\n"
      "          docker run\n"
      "          --privileged c\n"
      "      - run: \"docker run -e \\\"A=b\\\" --privileged d\"\n"
      "      - run: 'docker run -e ''x'' --privileged e'\n"
      "      - {run: \"docker run ${{ matrix.x }} f\"}\n";
  const Subjects subjects = read_text(text, Carrier::yaml);
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(images(subjects).substr(0, 25), "d:a d:nginx:1 d:c d:d d:e");
  ASSERT_GE(subjects.workloads.size(), 5U);
  const auto at = [&](std::size_t i) { return pointed(subjects, subjects.workloads[i].privileged.origin()); };
  EXPECT_EQ(at(0), "6:25 --privileged");
  EXPECT_EQ(at(1), "10:13 --privileged");
  EXPECT_EQ(at(2), "13:11 --privileged");
  EXPECT_EQ(at(3), "14:37 --privileged");
  EXPECT_EQ(at(4), "15:35 --privileged");
}

TEST(RunLinesInYaml, BrokenYamlIsAnError) { EXPECT_EQ(read_text("a: [docker run x", Carrier::yaml).errors.size(), 1U); }

TEST(RunLinesInMakefiles, RecipesAndVariables) {
  const char* text =
      "IMAGE ?= nginx:1\n"
      "OPTS := --privileged \\\n  -e A=1\n"
      "DOCKER = podman\n"
      "run: build # docker run no\n"
      "\t@echo x\n"
      "\t-@docker run $(OPTS) -v $$PWD:/x \\\n"
      "\t  --read-only $(IMAGE)\n"
      "\t$(DOCKER) run --user $$(id -u) b\n";
  const Subjects subjects = read_text(text, Carrier::makefile);
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(images(subjects), "d:nginx:1 p:b");
  const Workload& workload = subjects.workloads[0];
  EXPECT_TRUE(workload.privileged.is(true));
  EXPECT_EQ(workload.privileged.origin().span.line, 2U);
  EXPECT_EQ(pointed(subjects, workload.read_only.origin()), "8:4 --read-only");
  EXPECT_EQ(pointed(subjects, workload.origin), "7:4 docker run");
  EXPECT_FALSE(workload.mounts.items[0].known);
  EXPECT_FALSE(subjects.workloads[1].user.known());
}

TEST(RunLinesInMarkdown, FencesPromptsAndIndentation) {
  const char* text =
      "# docker run no\n\nUse `docker run no` or:\n\n"
      "```sh\n# it's a comment\ndocker run \\\n  --privileged a\n```\n\n"
      "~~~console\n$ docker run b \\\n>   -c\ndocker run no: it's output\n~~~\n\n"
      "```yaml\nx: docker run no\n```\n\n"
      "    docker run -v /:/h c\n\n"
      "- list\n  ```\n  $ sudo docker run d\n  ```\n";
  const Subjects subjects = read_text(text, Carrier::markdown);
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(images(subjects), "d:a d:b d:c d:d");
  EXPECT_EQ(pointed(subjects, subjects.workloads[0].privileged.origin()), "8:3 --privileged");
  EXPECT_EQ(pointed(subjects, subjects.workloads[2].mounts.items[0].origin), "21:19 /:/h");
  EXPECT_EQ(pointed(subjects, subjects.workloads[3].origin), "25:10 docker run");
}

}  // namespace
}  // namespace oakum::runcmd
