// Whatever is said is written, or told: each flag and key by itself changes the text or brings a note.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "convert/bench.h"

namespace oakum::convert {
namespace {

constexpr std::string_view kFlags[] = {
    "--name n",
    "--hostname h",
    "--platform linux/arm64",
    "--pull never",
    "--workdir /w",
    "--user app",
    "--user 5",
    "--group-add 4",
    "--env A=1",
    "--env A",
    "--env-file x.env",
    "--network n",
    "--network none",
    "--network host",
    "-p 80:80",
    "-P",
    "--expose 9",
    "--dns 1.1.1.1",
    "--dns-option a",
    "--dns-search a",
    "--add-host a:1.1.1.1",
    "--add-host a:host-gateway",
    "--link a",
    "--read-only",
    "-v /a:/b",
    "-v a:/b",
    "-v /b",
    "--tmpfs /t",
    "--mount type=image,source=x,target=/y",
    "--volumes-from a",
    "--device /dev/fuse",
    "--device-cgroup-rule 'c 1:3 r'",
    "--gpus all",
    "--gpus 2",
    "--storage-opt size=1g",
    "--privileged",
    "--cap-add A",
    "--cap-drop ALL",
    "--security-opt no-new-privileges",
    "--security-opt seccomp=unconfined",
    "--security-opt seccomp=p.json",
    "--security-opt apparmor=x",
    "--security-opt label=disable",
    "--security-opt label=type:t",
    "--security-opt systempaths=unconfined",
    "--security-opt odd=1",
    "--pid host",
    "--pid container:x",
    "--ipc host",
    "--uts host",
    "--userns host",
    "--cgroupns host",
    "--cgroup-parent x",
    "--sysctl a.b=1",
    "--memory 1g",
    "--memory-swap 1g",
    "--memory-reservation 1g",
    "--cpus 2",
    "--cpu-quota 50000",
    "--cpu-shares 5",
    "--cpuset-cpus 1",
    "--cpuset-mems 0",
    "--pids-limit 5",
    "--oom-kill-disable",
    "--oom-score-adj 5",
    "--ulimit core=0",
    "--shm-size 1m",
    "--blkio-weight 10",
    "--init",
    "--restart always",
    "--restart no",
    "--health-cmd x",
    "--health-interval 3s",
    "--no-healthcheck",
    "--stop-signal INT",
    "--stop-timeout 3",
    "--log-driver none",
    "--log-opt a=b",
    "--runtime r",
    "--label a=b",
    "--annotation a=b",
    "--rm",
    "-i",
    "-t",
    "-d",
    "--domainname d",
    "--mac-address 02:42:ac:11:00:02",
    "--isolation default",
    "--label-file f",
    "--device-read-bps /dev/sda:1mb",
    "--cidfile f",
    "--entrypoint e",
};

TEST(NothingLost, EachFlag) {
  for (const Target target : {Target::compose, Target::kubernetes, Target::run}) {
    const Conversion bare = converted(read_run("docker run x:1\n"), target);
    for (const std::string_view flag : kFlags) {
      const Subjects subjects = read_run("docker run " + std::string(flag) + " x:1\n");
      ASSERT_EQ(1U, subjects.workloads.size()) << flag;
      const Conversion one = converted(subjects, target);
      // No health check, and the restart policy that a Deployment has, are what Kubernetes does by itself.
      const bool default_there =
          target == Target::kubernetes && (flag == "--no-healthcheck" || flag == "--userns host" ||
                                           flag == "--restart always" || flag == "--security-opt no-such");
      if (default_there) continue;
      EXPECT_TRUE(one.text != bare.text || one.notes.size() > bare.notes.size()) << to_string(target) << ": " << flag;
    }
  }
}

constexpr std::string_view kKeys[] = {
    "build: .",
    "pull_policy: build",
    "command: a b",
    "entrypoint: [a]",
    "user: app",
    "environment: {A: }",
    "env_file: [x.env]",
    "ports: ['80:80']",
    "network_mode: none",
    "networks: {default: {aliases: [a]}}",
    "depends_on: [y]",
    "profiles: [a]",
    "deploy: {replicas: 2}",
    "deploy: {resources: {reservations: {cpus: '0.5'}}}",
    "gpus: all",
    "volumes: [{type: volume, target: /a, volume: {nocopy: true}}]",
    "volumes: [./a:/b]",
    "tmpfs: [/a]",
    "secrets: [s]",
    "configs: [c]",
    "devices: [/dev/fuse]",
    "cgroup: host",
    "annotations: {a: b}",
    "labels: {a b: c}",
    "mac_address: 02:42:ac:11:00:02",
    "mem_swappiness: 1",
    "credential_spec: {file: x}",
    "attach: false",
    "dns_search: [a]",
    "runtime: x",
    "healthcheck: {test: [CMD, a]}",
    "stop_grace_period: 1m30s",
    "isolation: hyperv",
};

TEST(NothingLost, EachKey) {
  const std::string start = "services:\n  x:\n    image: x:1\n";
  const std::string end = "secrets: {s: {file: ./s}}\nconfigs: {c: {content: abc}}\n";
  for (const Target target : {Target::kubernetes, Target::run}) {
    const Conversion bare = converted(read_compose(start + end), target);
    for (const std::string_view key : kKeys) {
      const bool pull = target == Target::run && key == "pull_policy: build";  // said by a line of docker build
      const Conversion one = converted(read_compose(start + "    " + std::string(key) + "\n" + end), target);
      EXPECT_TRUE(pull || one.text != bare.text || one.notes.size() > bare.notes.size())
          << to_string(target) << ": " << key;
    }
  }
}

TEST(NothingLost, WhatAPodSaysIsWrittenOrTold) {
  const Conversion compose = converted(read_manifest(R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: prod}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}, annotations: {a: b}}
    spec:
      serviceAccountName: shop
      tolerations: [{key: x}]
      initContainers:
        - {name: prepare, image: "p:1"}
      containers:
        - name: app
          image: app:1
          env:
            - {name: PW, valueFrom: {secretKeyRef: {name: db, key: pw}}}
          livenessProbe: {httpGet: {path: /, port: 80}}
          readinessProbe: {exec: {command: [ready]}, periodSeconds: 7, successThreshold: 2}
          volumeMounts: [{name: work, mountPath: /w}, {name: conf, mountPath: /c}]
          futureField: 1
        - name: log
          image: log:1
          volumeMounts: [{name: work, mountPath: /w}]
      volumes:
        - {name: work, emptyDir: {}}
        - {name: conf, configMap: {name: conf}}
---
apiVersion: v1
kind: Service
metadata: {name: front}
spec: {type: ClusterIP, ports: [{port: 80}]}
)"),
                                       Target::compose);
  for (const std::string_view what :
       {"metadata.namespace", "spec.strategy.type", "serviceAccountName", "tolerations", "variable PW", "livenessProbe",
        "successThreshold", "mount configMap conf", "futureField", "annotations", "the object"})
    EXPECT_TRUE(has_note(compose, what)) << what;
  for (const std::string_view part : {"network_mode: service:shop", "shop-work:/w",
                                      "condition: service_completed_successfully", "interval: 7s", "- ready"})
    EXPECT_NE(std::string::npos, compose.text.find(part)) << part << "\n" << compose.text;
}

TEST(NothingLost, NoSecretIsMadeUp) {
  const Conversion kubernetes =
      converted(read_compose("services:\n  x:\n    image: x:1\n    secrets: [s]\nsecrets: {s: {file: ./s.txt}}\n"),
                Target::kubernetes);
  EXPECT_EQ(std::string::npos, kubernetes.text.find("kind: Secret"));
  EXPECT_TRUE(has_note(kubernetes, "Secret s"));
}

TEST(NothingLost, ReferencesOfThePodAreTold) {
  const Subjects pod = read_manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, image: x, args: ['$(A) "
      "$$(B)']}]}\n");
  const Conversion run = converted(pod, Target::run);
  EXPECT_TRUE(has_note(run, "args"));
  EXPECT_NE(std::string::npos, run.text.find("'$(A) $(B)'")) << run.text;
  EXPECT_NE(std::string::npos, converted(pod, Target::compose).text.find("$$(A) $$(B)"));
}

TEST(NothingLost, NothingToConvertIsAnError) {
  const Subjects empty;
  const auto result = convert({&empty}, Target::compose);
  ASSERT_FALSE(result);
  EXPECT_EQ(ErrorCode::unsupported, result.error().code);
  const Subjects compose = read_compose("services: {x: {image: x}}\n");
  EXPECT_FALSE(convert({&compose}, Target::compose));
}

}  // namespace
}  // namespace oakum::convert
