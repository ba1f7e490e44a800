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

TEST(RunLinesInMarkdown, PlaceholdersAreWordsThatNobodyKnows) {
  const char* text =
      "```sh\n"
      "docker run -d <your options> -v <path>:/data --privileged <image>:<tag> <command to run>\n"
      "docker run -e PASSWORD=<secret> nginx < input >output\n"
      "docker run <image>\n"
      "```\n";
  const Subjects subjects = read_text(text, Carrier::markdown);
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(images(subjects), "d:<image>:<tag> d:nginx");
  const Workload& first = subjects.workloads[0];
  EXPECT_FALSE(first.image.known());
  EXPECT_FALSE(first.mounts.items[0].known);
  EXPECT_FALSE(first.command.known());
  EXPECT_EQ(pointed(subjects, first.privileged.origin()), "2:46 --privileged");
  ASSERT_EQ(first.unmodelled.items.size(), 2U);  // -d is one
  EXPECT_EQ(first.unmodelled.items[1].value.key, "<your options>");
  EXPECT_FALSE(subjects.workloads[1].environment.items[0].known);
  EXPECT_FALSE(subjects.workloads[1].command);
}

TEST(RunLinesInScripts, WhatATemplateFillsInMayBeFlags) {
  const Subjects subjects = read_text(
      "docker run --name a {{ docker_opts }} -e A={{ x }} acme/app:{{ v }}\n"
      "docker run {{ image }} --config x\n"
      "docker run --privileged ${{ inputs.options }} nginx\n",
      Carrier::shell);
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(images(subjects), "d:acme/app:{{ v }} d:{{ image }} d:nginx");
  EXPECT_FALSE(subjects.workloads[0].image.known());
  EXPECT_FALSE(subjects.workloads[0].environment.items.at(0).known);
}

TEST(RunLinesInScripts, RemoteBodiesAndWords) {
  const char* text =
      "ssh -i key host <<'EOF'\n"
      "  docker run --privileged a\n"
      "EOF\n"
      "ssh host sudo bash -s -- x <<-EOF\n"
      "\tdocker run b\n"
      "\tEOF\n"
      "ssh -o A=b host \"cd /x && docker run -e \\\"N=1\\\" c\"\n"
      "ssh host sudo sh -c 'docker run d'\n"
      "su - deploy -c 'docker run e'\n"
      "sudo -u deploy -i <<E\ndocker run f\nE\n"
      "cat <<E | ssh host\ndocker run g\nE\n"
      "cat <<E > file\ndocker run no\nE\n"
      "ssh host 'bash -s' <<E\ndocker run h\nE\n"
      "ssh host 'cat > file' <<E\ndocker run no\nE\n"
      "ssh host 'docker ps' && echo 'docker run no'\n";
  const Subjects subjects = read_text(text);
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(images(subjects), "d:a d:b d:c d:d d:e d:f d:g d:h");
  EXPECT_EQ(pointed(subjects, subjects.workloads[0].privileged.origin()), "2:14 --privileged");
  EXPECT_EQ(subjects.workloads[2].environment.items.at(0).value.name, "N");
  EXPECT_EQ(pointed(subjects, subjects.workloads[2].image.origin()), "7:49 c");
}

TEST(RunLinesInJenkinsfiles, StepsOfEveryQuoting) {
  const char* text =
      "#!groovy\n"
      "// sh 'docker run no'\n"
      "pipeline {\n"
      "  environment { IMG = 'nginx:1'; OTHER = \"x-${BUILD_ID}\" }\n"
      "  stages { stage('docker run no') { steps {\n"
      "    sh 'docker run --privileged a'\n"
      "    sh \"docker run -e \\\"A=b\\\" -e C=\\$D ${env.IMG}\"\n"
      "    sh(label: 'docker run no', script: '''\n"
      "      docker run \\\\\n"
      "        -v /:/h c\n"
      "    ''', returnStdout: true)\n"
      "    sh script: \"\"\"docker run ${params.IMAGE ?: \"d\"}\"\"\"\n"
      "    sh('docker run ' + OTHER + \" e\")\n"
      "    /* sh 'docker run no' */ echo \"sh 'docker run no'\"\n"
      "    if (x =~ /it's \"/) { sh \"docker run f\" }\n"
      "    steps.sh 'docker run no'\n"
      "  } } }\n"
      "}\n";
  const Subjects subjects = read_text(text, Carrier::jenkinsfile);
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(images(subjects), "d:a d:nginx:1 d:c d:${groovy} d:${OTHER} d:f");
  EXPECT_EQ(pointed(subjects, subjects.workloads[0].privileged.origin()), "6:20 --privileged");
  const Workload& second = subjects.workloads[1];
  EXPECT_EQ(second.environment.items.at(0).value.name, "A");
  EXPECT_FALSE(second.environment.items.at(1).known);
  EXPECT_EQ(pointed(subjects, subjects.workloads[2].mounts.items.at(0).origin), "10:12 /:/h");
  EXPECT_FALSE(subjects.workloads[3].image.known());
}

TEST(RunLinesInJenkinsfiles, BrokenOnesEnd) {
  for (const char* text : {"sh '", "sh \"docker run ${", "sh '''docker run a", "sh(", "sh 'docker run a' +", "/* sh",
                           "A='", "A = \"x", "// docker run", "sh \"docker run a\\"}) {
    EXPECT_EQ(errors_of(read_text(text, Carrier::jenkinsfile)), "") << text;
  }
}

TEST(RunLinesInYaml, CloudInitsCommands) {
  const char* text =
      "#cloud-config\n"
      "bootcmd:\n"
      "  - docker run a\n"
      "runcmd:\n"
      "  - [docker, run, --privileged, 'b']\n"
      "  - - sudo\n"
      "    - docker\n"
      "    - run\n"
      "    - -v\n"
      "    - \"/:/h\"\n"
      "    - c\n"
      "  - [echo, docker, run, no]\n"
      "  - [docker, ps, -a]\n"
      "  - [sh, -c, 'docker run d']\n"
      "write_files:\n"
      "  - content: |\n"
      "      [Service]\n"
      "      ExecStart=-/usr/bin/docker run --privileged e\n";
  EXPECT_EQ(carrier_of("user-data", text), Carrier::yaml);
  EXPECT_TRUE(lists_run("- - docker\n  - --debug\n  - run\n"));
  EXPECT_TRUE(lists_run("x: [\"/usr/bin/docker\", 'run']"));
  EXPECT_FALSE(lists_run("- docker\n- ps\n- run\n"));
  const Subjects subjects = read_text(text, Carrier::yaml);
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(images(subjects), "d:a d:b d:c d:d d:e");
  EXPECT_EQ(pointed(subjects, subjects.workloads[1].privileged.origin()), "5:19 --privileged");
  EXPECT_EQ(pointed(subjects, subjects.workloads[4].privileged.origin()), "18:38 --privileged");
  EXPECT_EQ(pointed(subjects, subjects.workloads[2].mounts.items[0].origin), "10:8 /:/h");
}

}  // namespace
}  // namespace oakum::runcmd
