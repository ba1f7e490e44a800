// There and back: what both sides can say is said again in the same words.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "convert/bench.h"

namespace oakum::convert {
namespace {

constexpr std::string_view kRun = R"(docker run --name web --interactive --tty --init --hostname h1 \
  --platform linux/amd64 --pull always --workdir /srv --user 1000:1001 --group-add 44 \
  --env A=1 --env 'B=it is "so" # $5 \ ' --env C --env 'D=line
break' --env E=-x --env F=yes --env G= --env 'H=über' --env 'I=*&!%@`' \
  --network front --publish 127.0.0.1:8080:80 --publish 53:53/udp --publish 9000-9002:9000-9002 --publish 70 \
  --expose 99 --dns 1.1.1.1 --dns-option ndots:2 --add-host db:10.0.0.2 --link other:o \
  --read-only --volume /srv/data:/data:ro --volume cache:/cache --volume /anon --tmpfs /tmp:size=64m,noexec \
  --mount type=bind,source=/a:b,target=/ab,readonly --device /dev/fuse:/dev/fuse:rw --device-cgroup-rule 'c 1:3 r' \
  --cap-drop ALL --cap-add CHOWN --security-opt no-new-privileges --security-opt apparmor=mine --pid host --ipc host \
  --uts host --userns host --cgroupns host --cgroup-parent /x --sysctl net.core.somaxconn=1024 \
  --memory 512m --memory-swap 1g --memory-reservation 256m --cpus 1.5 --cpu-shares 512 --cpuset-cpus 0-1 \
  --pids-limit 100 --oom-kill-disable --oom-score-adj 100 --ulimit nofile=1024:2048 --ulimit core=0 --shm-size 128m \
  --blkio-weight 300 --storage-opt size=10g --gpus all --restart on-failure:3 --health-cmd 'curl -f x || exit 1' \
  --health-interval 30s --health-timeout 3s --health-start-period 5s --health-retries 4 --stop-signal SIGINT \
  --stop-timeout 20 --log-driver json-file --log-opt max-size=10m --runtime runsc --label 'a=b c' --annotation k=v \
  --dns-search example.org --domainname d --memory-swappiness 10 --entrypoint /bin/tini \
  ghcr.io/acme/web:1.2 -- sh -c 'echo "$HOME"; # no')";

TEST(RoundTrip, RunLineThroughCompose) {
  const std::string canonical = converted(read_run(kRun), Target::run).text;
  const Conversion compose = converted(read_run(kRun), Target::compose);
  std::string back = converted(read_back(compose.text, Target::compose), Target::run).text;
  if (const auto at = back.find("  --detach \\\n"); at != std::string::npos) back.erase(at, 13);
  // The network is declared as one that is there: no line makes it. The order of flags that name a domain differs.
  const auto sorted = [](const std::string& text) {
    std::vector<std::string> lines;
    std::string line;
    for (const char c : text) {
      if (c != '\n') {
        line += c;
      } else {
        lines.push_back(std::move(line));
        line.clear();
      }
    }
    std::ranges::sort(lines);
    return lines;
  };
  EXPECT_EQ(sorted(canonical), sorted(back)) << compose.text;
  for (const Note& note : compose.notes) ADD_FAILURE() << note.what << ": " << note.why;
}

TEST(RoundTrip, RunLineIsWrittenAsItIsRead) {
  const std::string once = converted(read_run(kRun), Target::run).text;
  EXPECT_EQ(once, converted(read_back(once, Target::run), Target::run).text);
}

constexpr std::string_view kCompose = R"(services:
  web:
    image: ghcr.io/acme/web:1.2
    platform: linux/amd64
    pull_policy: always
    hostname: h1
    entrypoint: [/bin/tini, --]
    command: [sh, -c, "echo $$HOME $$(date) # x"]
    working_dir: /srv
    user: "1000:1001"
    group_add: ["44"]
    environment:
      A: "1"
      B: 'it is "so" # $$5 \ '
      D: "line\nbreak"
      E: "-x"
      F: "yes"
      G: ""
      H: über
      I: "$$(A) $$$$"
    ports: ["8080:80", "53:53/udp", "9000-9001:9000-9001"]
    expose: ["99"]
    dns: [1.1.1.1]
    dns_opt: ["ndots:2"]
    extra_hosts: ["db:10.0.0.2"]
    read_only: true
    volumes: ["/srv/data:/data:ro", "cache:/cache", "/anon"]
    tmpfs: ["/tmp:size=64m"]
    cap_drop: [ALL]
    cap_add: [CHOWN]
    security_opt: ["no-new-privileges:true"]
    pid: host
    ipc: host
    sysctls: {net.core.somaxconn: "1024"}
    mem_limit: 512m
    mem_reservation: 256m
    cpus: 1.5
    shm_size: 128m
    restart: always
    healthcheck:
      test: curl -f x || exit 1
      interval: 10s
      timeout: 3s
      start_period: 5s
      retries: 4
    stop_grace_period: 20s
    tty: true
    stdin_open: true
    labels: {tier: front}
    deploy: {replicas: 3}
  side:
    image: acme/side:1
    network_mode: service:web
    restart: always
  job:
    image: acme/job:1
    restart: on-failure:5
volumes:
  cache: {}
)";

TEST(RoundTrip, ComposeThroughKubernetes) {
  const std::string first = converted(read_back(std::string(kCompose), Target::compose), Target::kubernetes).text;
  const Conversion compose = converted(read_back(first, Target::kubernetes), Target::compose);
  const std::string second = converted(read_back(compose.text, Target::compose), Target::kubernetes).text;
  const auto unnamed = [](std::string text) {  // the second container of a pod is called after both
    for (auto at = text.find("web-side"); at != std::string::npos; at = text.find("web-side"))
      text.replace(at, 8, "side");
    return text;
  };
  EXPECT_EQ(first, unnamed(second)) << compose.text;
}

TEST(RoundTrip, HostileTextsSurvive) {
  for (const std::string& text :
       {std::string("a\nb"), std::string("\"'`"), std::string("$HOME ${X:-1} $$ $(y)"), std::string("# no"),
        std::string("- x"), std::string("a: b"), std::string("\xE2\x98\x83"), std::string("\t "),
        std::string("!!str x"), std::string("null"), std::string("0x1f"), std::string("22:22"), std::string("{a}"),
        std::string("\x01\x7f"), std::string("\r\n")}) {
    Workload workload;
    workload.name = "x";
    workload.image.state(parse_image_reference("x"), {});
    workload.environment.add({.name = "V", .value = text}, {});
    workload.command.state({{text, "second"}, false}, {});
    workload.surface = Surface::container;
    Subjects subjects;
    subjects.workloads = {workload};
    for (const Target target : {Target::compose, Target::kubernetes, Target::run}) {
      const Conversion conversion = converted(subjects, target);
      Subjects back = read_back(conversion.text, target);
      ASSERT_EQ(1U, back.workloads.size()) << conversion.text;
      std::string value = back.workloads[0].environment.items.at(0).value.value.value_or("?");
      std::vector<std::string> words = back.workloads[0].command->arguments;
      if (target == Target::kubernetes) {  // is read as it stands, and the kubelet makes "$" of "$$"
        const Conversion again = converted(back, Target::compose);
        back = read_back(again.text, Target::compose);
        value = back.workloads.at(0).environment.items.at(0).value.value.value_or("?");
        words = back.workloads[0].command->arguments;
      }
      EXPECT_EQ(text, value) << to_string(target) << "\n" << conversion.text;
      EXPECT_EQ((std::vector<std::string>{text, "second"}), words) << to_string(target) << "\n" << conversion.text;
    }
  }
}

}  // namespace
}  // namespace oakum::convert
