// What containers and pods state, and where they meet.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read/kubernetes/quantity.h"
#include "read/kubernetes/reading.h"

namespace oakum::kubernetes {
namespace {

using testing::ElementsAre;
using testing::Optional;
using testing::SizeIs;

constexpr std::string_view kFull = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: prod}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
      annotations:
        container.apparmor.security.beta.kubernetes.io/app: localhost/shop
    spec:
      hostUsers: false
      hostIPC: true
      shareProcessNamespace: true
      serviceAccount: old
      serviceAccountName: shop
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 7
      runtimeClassName: gvisor
      priorityClassName: high
      restartPolicy: OnFailure
      nodeSelector: {kubernetes.io/os: linux, kubernetes.io/arch: arm64}
      hostAliases: [{ip: 10.0.0.7, hostnames: [db]}]
      dnsConfig: {nameservers: [10.0.0.10], options: [{name: ndots, value: "2"}]}
      securityContext:
        runAsUser: 1000
        runAsNonRoot: true
        fsGroup: 2000
        supplementalGroups: [44]
        seccompProfile: {type: RuntimeDefault}
        appArmorProfile: {type: RuntimeDefault}
        sysctls: [{name: net.core.somaxconn, value: "1024"}]
      volumes:
        - {name: logs, hostPath: {path: /var/log, type: Directory}}
        - {name: run, emptyDir: {medium: Memory, sizeLimit: 16Mi}}
        - {name: cert, secret: {secretName: tls}}
        - {name: token, projected: {sources: [{serviceAccountToken: {path: t}}]}}
        - {name: disk, persistentVolumeClaim: {claimName: data}}
      containers:
        - name: app
          image: nginx:1.27
          imagePullPolicy: Always
          command: [nginx]
          args: [-g, "daemon off;"]
          workingDir: /srv
          tty: true
          stdin: false
          future: {field: 1}
          ports:
            - {name: web, containerPort: 80, hostPort: 8080, hostIP: 127.0.0.1}
            - {containerPort: 53, protocol: UDP}
          envFrom:
            - {prefix: DB_, secretRef: {name: db}}
          env:
            - {name: A, value: "1"}
            - {name: B, valueFrom: {secretKeyRef: {name: db, key: password}}}
            - {name: C, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
            - {name: D}
          resources:
            limits: {memory: 64Mi, cpu: 500m, ephemeral-storage: 1Gi, example.com/gpu: 1}
            requests: {memory: 32M, cpu: "0.1"}
          livenessProbe: {httpGet: {port: web, path: /live, host: other}}
          lifecycle: {preStop: {exec: {command: [sh, -c, sleep 5]}}}
          securityContext:
            runAsUser: 0
            runAsGroup: 3
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {add: [CHOWN], drop: []}
            procMount: Unmasked
            seccompProfile: {type: Localhost, localhostProfile: p.json}
          volumeMounts:
            - {name: logs, mountPath: /logs, readOnly: true, mountPropagation: HostToContainer, subPath: app}
            - {name: run, mountPath: /run}
          volumeDevices:
            - {name: disk, devicePath: /dev/xvda}
)";

class Full : public testing::Test {
 protected:
  void SetUp() override {
    subjects_ = read_well(kFull);
    ASSERT_THAT(subjects_.workloads, SizeIs(1));
  }
  const Workload& workload() const { return subjects_.workloads.front(); }
  Subjects subjects_;
};

TEST_F(Full, TheContainersStatementWinsAndThePodsIsKept) {
  ASSERT_THAT(workload().user.statements(), SizeIs(2));
  EXPECT_EQ(workload().user.statements()[0].value, "1000");
  EXPECT_EQ(*workload().user, "0");
  EXPECT_EQ(*workload().group, "3");
  EXPECT_TRUE(workload().run_as_non_root.is(true));
  EXPECT_EQ(workload().seccomp->kind, ProfileChoice::Kind::custom);
  EXPECT_EQ(workload().seccomp->name, "p.json");
}

TEST_F(Full, TheAppArmorAnnotationComesAfterThePodsField) {
  ASSERT_THAT(workload().apparmor.statements(), SizeIs(2));
  EXPECT_EQ(workload().apparmor.statements()[0].value.kind, ProfileChoice::Kind::runtime_default);
  EXPECT_EQ(*workload().apparmor, (ProfileChoice{ProfileChoice::Kind::custom, "shop"}));
}

TEST_F(Full, Privilege) {
  EXPECT_TRUE(workload().no_new_privileges.is(true));
  EXPECT_TRUE(workload().read_only.is(true));
  EXPECT_TRUE(workload().unmasked_paths.is(true));
  EXPECT_EQ(workload().cap_add.items.at(0).value, "CHOWN");
  EXPECT_TRUE(workload().cap_drop.stated);
  EXPECT_TRUE(workload().cap_drop.empty());
  EXPECT_EQ(workload().sysctls.items.at(0).value, (KeyValue{"net.core.somaxconn", "1024"}));
  EXPECT_THAT(workload().extra_groups.items, SizeIs(2));
}

TEST_F(Full, NamespacesInTheWordsOfDocker) {
  EXPECT_TRUE(workload().ipc_mode.is("host"));
  EXPECT_TRUE(workload().userns_mode.is("private"));
  EXPECT_FALSE(workload().pid_mode);
  EXPECT_TRUE(workload().share_process_namespace.is(true));
}

TEST_F(Full, MountsAreJoinedWithTheirVolumes) {
  ASSERT_THAT(workload().mounts.items, SizeIs(2));
  const Mount& logs = workload().mounts.items[0].value;
  EXPECT_EQ(logs.kind, MountKind::bind);
  EXPECT_EQ(logs.source, "/var/log");
  EXPECT_EQ(logs.target, "/logs");
  EXPECT_THAT(logs.read_only, Optional(true));
  EXPECT_EQ(logs.propagation, "rslave");
  EXPECT_EQ(logs.sub_path, "app");
  EXPECT_EQ(logs.host_path_type, "Directory");
  const Mount& run = workload().mounts.items[1].value;
  EXPECT_EQ(run.kind, MountKind::tmpfs);
  EXPECT_EQ(*run.option("size"), "16Mi");
  EXPECT_EQ(workload().devices.items.at(0).value.host, "data");
}

TEST_F(Full, VolumesOfThePodAreThereAlsoUnmounted) {
  ASSERT_THAT(workload().pod->volumes.items, SizeIs(5));
  EXPECT_EQ(place(workload().pod->volumes.items[0].origin), "35:41");  // the path
  EXPECT_EQ(workload().pod->volumes.items[2].value.source, "tls");
  EXPECT_TRUE(workload().pod->volumes.items[3].value.has_option("serviceAccountToken"));
}

TEST_F(Full, PortsInsideAndOfTheNode) {
  ASSERT_THAT(workload().ports.items, SizeIs(1));
  EXPECT_EQ(workload().ports.items[0].value.host_first, 8080U);
  EXPECT_EQ(workload().ports.items[0].value.host_ip, "127.0.0.1");
  ASSERT_THAT(workload().exposed.items, SizeIs(2));
  EXPECT_EQ(workload().exposed.items[0].value.name, "web");
  EXPECT_EQ(workload().exposed.items[1].value.protocol, "udp");
}

TEST_F(Full, EnvironmentAndWhereItComesFrom) {
  using From = EnvironmentVariable::From;
  const auto& items = workload().environment.items;
  ASSERT_THAT(items, SizeIs(5));
  EXPECT_EQ(items[0].value, (EnvironmentVariable{"DB_*", std::nullopt, From::secret, "db"}));
  EXPECT_EQ(items[1].value, (EnvironmentVariable{"A", "1", From::literal, ""}));
  EXPECT_EQ(items[2].value, (EnvironmentVariable{"B", std::nullopt, From::secret, "db/password"}));
  EXPECT_EQ(items[3].value, (EnvironmentVariable{"C", std::nullopt, From::field, "status.podIP"}));
  EXPECT_EQ(items[4].value, (EnvironmentVariable{"D", "", From::literal, ""}));
}

TEST_F(Full, Resources) {
  EXPECT_EQ(*workload().memory, 64 << 20);
  EXPECT_EQ(*workload().memory_reservation, 32'000'000);
  EXPECT_DOUBLE_EQ(*workload().cpus, 0.5);
  EXPECT_DOUBLE_EQ(*workload().cpu_reservation, 0.1);
  EXPECT_EQ(*workload().ephemeral_storage, 1 << 30);
  EXPECT_EQ(workload().device_requests.items.at(0).value, "example.com/gpu");
}

TEST_F(Full, Life) {
  EXPECT_EQ(workload().liveness->handler, "httpGet");
  EXPECT_EQ(workload().liveness->host, "other");
  EXPECT_EQ(workload().liveness->port, "web");
  EXPECT_EQ(place(workload().liveness->host_origin), "63:67");
  EXPECT_THAT(workload().pre_stop->command, ElementsAre("sh", "-c", "sleep 5"));
  EXPECT_EQ(workload().restart->name, "on-failure");
  EXPECT_EQ(*workload().stop_grace_period, "7s");
  EXPECT_EQ(*workload().runtime, "gvisor");
  EXPECT_EQ(*workload().platform, "linux/arm64");
  EXPECT_EQ(*workload().pull_policy, "Always");
  EXPECT_THAT(workload().command->arguments, ElementsAre("-g", "daemon off;"));
  EXPECT_TRUE(workload().tty.is(true));
  EXPECT_TRUE(workload().stdin_open.is(false));
}

TEST_F(Full, FactsOfThePod) {
  const PodFacts& pod = *workload().pod;
  EXPECT_EQ(pod.name_space, "prod");
  EXPECT_EQ(*pod.service_account, "shop");
  EXPECT_TRUE(pod.automount_token.is(false));
  EXPECT_EQ(*pod.replicas, 2);
  EXPECT_EQ(*pod.fs_group, 2000);
  EXPECT_EQ(*pod.priority_class, "high");
  EXPECT_TRUE(pod.host_aliases.is(true));
  EXPECT_THAT(pod.labels, ElementsAre(KeyValue{"app", "web"}));
  EXPECT_THAT(pod.selector, ElementsAre(KeyValue{"app", "web"}));
  EXPECT_EQ(workload().extra_hosts.items.at(0).value, "db:10.0.0.7");
  EXPECT_EQ(workload().dns_options.items.at(0).value, "ndots:2");
}

TEST_F(Full, WhatIsNotKnownIsKept) {
  ASSERT_THAT(workload().unmodelled.items, SizeIs(1));
  EXPECT_EQ(workload().unmodelled.items[0].value.key, "spec.template.spec.containers[0].future");
}

TEST(Quantity, AsTheApiServerReadsIt) {
  EXPECT_THAT(parse_quantity("500m"), Optional(0.5));
  EXPECT_THAT(parse_quantity("1.5"), Optional(1.5));
  EXPECT_THAT(parse_whole_quantity("1Ki"), Optional(1024));
  EXPECT_THAT(parse_whole_quantity("1k"), Optional(1000));
  EXPECT_THAT(parse_whole_quantity("1e3"), Optional(1000));
  EXPECT_THAT(parse_whole_quantity("12E"), Optional(std::numeric_limits<std::int64_t>::max()));
  EXPECT_THAT(parse_whole_quantity("2E6"), Optional(2'000'000));
  EXPECT_THAT(parse_whole_quantity("5E"), Optional(5'000'000'000'000'000'000));
  EXPECT_THAT(parse_whole_quantity("100m"), Optional(1));  // rounded up
  EXPECT_THAT(parse_whole_quantity("0.1Gi"), Optional(107374183));
  for (const std::string_view wrong : {"", "m", "1.2.3", "1KB", "one", "1 Gi", "1e", "--1", "1e9999"}) {
    EXPECT_EQ(parse_quantity(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace oakum::kubernetes
