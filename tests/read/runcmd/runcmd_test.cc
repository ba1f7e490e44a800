#include "read/runcmd/runcmd.h"

#include <gtest/gtest.h>

#include "read/runcmd/lines.h"

namespace oakum::runcmd {
namespace {

TEST(RunLines, ProgramsAndWrappers) {
  const char* text =
      "sudo -E docker run a\n"
      "docker -H tcp://x --context y container run b && podman --remote run c\n"
      "/usr/bin/podman create d; nerdctl -n k8s.io run e | tee log\n"
      "X=1 env Y=2 docker run f\n"
      "ssh -p 22 host docker run g\n"
      "ssh host 'docker run h'; bash -c \"docker run i\"\n"
      "id=$(docker run -d j)\n"
      "if ! docker run k; then docker ps; fi\n"
      "$DOCKER run l\n"
      "echo docker run no; docker compose run no; docker build -t run .; docker run --help\n"
      "docker run [OPTIONS] IMAGE\n";
  const Subjects subjects = read_text(text);
  EXPECT_EQ(images(subjects), "d:a d:b p:c p:d d:e d:f d:g d:h d:i d:j d:k d:l");
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_EQ(subjects.workloads[3].subject, "podman create d");
}

TEST(RunLines, OriginsPointIntoTheFile) {
  const Subjects subjects = read_text("set -e\nsudo docker run \\\n  --privileged \\\n  -v \"/:/h\" nginx sh\n");
  ASSERT_EQ(subjects.workloads.size(), 1U);
  const Workload& workload = subjects.workloads[0];
  EXPECT_EQ(pointed(subjects, workload.origin), "2:6 docker run");
  EXPECT_EQ(pointed(subjects, workload.privileged.origin()), "3:3 --privileged");
  EXPECT_EQ(workload.privileged.origin().node, "--privileged");
  EXPECT_EQ(pointed(subjects, workload.mounts.items[0].origin), "4:6 \"/:/h\"");
  EXPECT_EQ(workload.mounts.items[0].origin.node, "--volume");
  EXPECT_EQ(pointed(subjects, workload.image.origin()), "4:13 nginx");
}

TEST(RunLines, VariablesOfTheScript) {
  const char* text =
      "IMG=nginx:1.27\n"
      "OPTS=\"--privileged -v /:/h\"\n"
      "ARGS=(--cap-add SYS_ADMIN\n  -e \"A=b c\")\n"
      "ARGS+=(--read-only)\n"
      "if x; then NET=host; fi\n"
      "docker run $OPTS \"${ARGS[@]}\" --network $NET -u ${U:-1000} \"$IMG\" go\n";
  const Subjects subjects = read_text(text);
  EXPECT_EQ(errors_of(subjects), "");
  ASSERT_EQ(subjects.workloads.size(), 1U);
  const Workload& workload = subjects.workloads[0];
  EXPECT_EQ(workload.image->tag, "1.27");
  EXPECT_TRUE(workload.image.known());
  EXPECT_TRUE(workload.privileged.is(true));
  EXPECT_EQ(pointed(subjects, workload.privileged.origin()), "2:6 \"--privileged -v /:/h\"");
  EXPECT_EQ(pointed(subjects, workload.cap_add.items[0].origin), "3:17 SYS_ADMIN");
  EXPECT_EQ(workload.environment.items[0].value.value, "b c");
  EXPECT_EQ(pointed(subjects, workload.environment.items[0].origin), "4:6 \"A=b c\"");
  EXPECT_TRUE(workload.read_only.is(true));
  EXPECT_TRUE(workload.network_mode && !workload.network_mode.known());
  EXPECT_TRUE(workload.user.is("1000"));
}

TEST(RunLines, AProgramInAVariableIsAtTheLineThatUsesIt) {
  const Subjects subjects = read_text(
      "tool=docker\n\"$tool\" run --privileged a\nRUN=\"docker run --rm\"\n$RUN -t b\nsudo \\\n  docker \\\n  run c\n");
  ASSERT_EQ(subjects.workloads.size(), 3U);
  EXPECT_EQ(pointed(subjects, subjects.workloads[0].origin), "2:1 \"$tool\" run");
  EXPECT_EQ(pointed(subjects, subjects.workloads[1].origin), "4:1 $RUN");
  EXPECT_EQ(pointed(subjects, subjects.workloads[2].origin), "6:3 docker \\\n  run");
}

TEST(RunLines, WhatIsNotThereToReadIsNotKnown) {
  const Subjects subjects = read_text(
      "docker run $OPTS -e \"A=$B\" \"$IMAGE:1\"\nf() { docker run \"$@\"; }\nfor x in a b; do docker run \"$x\"; "
      "done");
  ASSERT_EQ(subjects.workloads.size(), 3U);
  EXPECT_EQ(errors_of(subjects), "");
  const Workload& workload = subjects.workloads[0];
  EXPECT_FALSE(workload.image.known());
  EXPECT_TRUE(workload.image->variable);
  EXPECT_FALSE(workload.environment.items[0].known);
  ASSERT_EQ(workload.unmodelled.items.size(), 1U);
  EXPECT_EQ(workload.unmodelled.items[0].value.key, "$OPTS");
  EXPECT_FALSE(workload.unmodelled.items[0].known);
  EXPECT_FALSE(subjects.workloads[2].image.known());
}

TEST(RunLines, ALineThatBreaksOffIsAnErrorAndIsRead) {
  const Subjects subjects = read_text("docker run --privileged 'nginx");
  EXPECT_EQ(errors_of(subjects), "t:1:25: a single quote is not closed; what could be read of it was checked\n");
  EXPECT_EQ(images(subjects), "d:nginx");
}

TEST(RunLines, ArgumentVectors) {
  Subjects subjects;
  read_argv({"podman", "run", "-e", "A=it's", "-v", "/a b:/c", "img"}, subjects);
  ASSERT_EQ(subjects.workloads.size(), 1U);
  EXPECT_EQ(subjects.sources[0].text, "podman run -e 'A=it'\\''s' -v '/a b:/c' img");
  EXPECT_EQ(pointed(subjects, subjects.workloads[0].mounts.items[0].origin), "1:30 '/a b:/c'");
}

TEST(RunLines, MentionsAndCarriers) {
  for (const char* text : {"docker run x", "a\n  sudo docker \\\n run x", "docker -H x container create y",
                           "$(DOCKER) run x", "podman --log-level debug run x", "[Unit]\n[Container]\nImage=x\n"}) {
    EXPECT_TRUE(mentions_run(text)) << text;
  }
  for (const char* text :
       {"docker ps", "docker\nrun", "docker-compose run x", "docker compose run x", "dockerrun", "run docker"}) {
    EXPECT_FALSE(mentions_run(text)) << text;
  }
  EXPECT_EQ(carrier_of("a/.gitlab-ci.yml", ""), Carrier::yaml);
  EXPECT_EQ(carrier_of("web/package.json", ""), Carrier::yaml);
  EXPECT_EQ(carrier_of("README.md", ""), Carrier::markdown);
  EXPECT_EQ(carrier_of("x.service", ""), Carrier::systemd);
  EXPECT_EQ(carrier_of("web.container", ""), Carrier::systemd);
  EXPECT_EQ(carrier_of("GNUmakefile", ""), Carrier::makefile);
  EXPECT_EQ(carrier_of("run.sh", "docker run x"), Carrier::shell);
  EXPECT_EQ(carrier_of("<stdin>", "[Service]\nExecStart=docker run x"), Carrier::systemd);
}

TEST(RunLines, ManyUnknownFlagsEndSoon) {
  std::string text;
  while (text.size() < 1'000'000) text += "docker run --aaaaaaaaaaaa --bbbbbbbbbbbbb x\n";
  const Subjects subjects = read_text(text);
  EXPECT_LE(subjects.errors.size(), 1000U);
  EXPECT_GT(subjects.workloads.size(), 20'000U);
}

}  // namespace
}  // namespace oakum::runcmd
