// Where pods are found, and which containers become workloads.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read/kubernetes/reading.h"

namespace oakum::kubernetes {
namespace {

using Role = PodFacts::Role;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

struct Kind {
  std::string_view api_version, kind, before, indent;
};
// What stands between `spec:` and the pod spec of each kind.
constexpr Kind kKinds[] = {
    {"apps/v1", "Deployment", "spec:\n  template:\n    spec:\n", "      "},
    {"apps/v1", "ReplicaSet", "spec:\n  template:\n    spec:\n", "      "},
    {"apps/v1", "StatefulSet", "spec:\n  template:\n    spec:\n", "      "},
    {"apps/v1", "DaemonSet", "spec:\n  template:\n    spec:\n", "      "},
    {"batch/v1", "Job", "spec:\n  template:\n    spec:\n", "      "},
    {"v1", "ReplicationController", "spec:\n  template:\n    spec:\n", "      "},
    {"v1", "Pod", "spec:\n", "  "},
    {"v1", "PodTemplate", "template:\n  spec:\n", "    "},
    {"batch/v1", "CronJob", "spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n", "          "},
    {"argoproj.io/v1alpha1", "Rollout", "spec:\n  template:\n    spec:\n", "      "},
    {"serving.knative.dev/v1", "Service", "spec:\n  template:\n    spec:\n", "      "},
    {"apps.openshift.io/v1", "DeploymentConfig", "spec:\n  template:\n    spec:\n", "      "},
    {"elasticsearch.k8s.elastic.co/v1", "Elasticsearch", "spec:\n  nodeSets:\n    - podTemplate:\n        spec:\n",
     "          "},
    {"keda.sh/v1alpha1", "ScaledJob", "spec:\n  jobTargetRef:\n    template:\n      spec:\n", "        "},
    {"kubeflow.org/v1", "TFJob", "spec:\n  tfReplicaSpecs:\n    Worker:\n      template:\n        spec:\n",
     "          "},
    {"agones.dev/v1", "Fleet", "spec:\n  template:\n    spec:\n      template:\n        spec:\n", "          "},
    {"example.com/v1", "Thing", "spec:\n  podSpec:\n", "    "},
};

TEST(Pods, AreFoundInEveryKindThatHasThem) {
  for (const Kind& kind : kKinds) {
    const std::string indent(kind.indent);
    const std::string text = "apiVersion: " + std::string(kind.api_version) + "\nkind: " + std::string(kind.kind) +
                             "\nmetadata:\n  name: shop\n" + std::string(kind.before) + indent + "hostPID: true\n" +
                             indent + "containers:\n" + indent + "  - name: app\n" + indent + "    image: nginx:1.27\n";
    const Subjects subjects = read_well(text);
    ASSERT_THAT(subjects.workloads, SizeIs(1)) << text;
    const Workload& workload = subjects.workloads.front();
    EXPECT_EQ(workload.subject, "container \"app\" of " + std::string(kind.kind) + " \"shop\"");
    EXPECT_TRUE(workload.pid_mode.is("host")) << text;
    EXPECT_EQ(workload.image->text, "nginx:1.27");
    ASSERT_THAT(subjects.objects, SizeIs(1));
    EXPECT_THAT(subjects.objects.front().workloads, ElementsAre(0));
  }
}

// Each template that runs something is a pod: what the workflow says holds for it, what it says itself is stronger.
constexpr std::string_view kWorkflow = R"(apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  hostNetwork: true
  securityContext: {runAsUser: 1000}
  volumes: [{name: sock, hostPath: {path: /var/run/docker.sock}}]
  templates:
    - name: main
      steps: [[{name: a, template: build}]]
    - name: build
      metadata: {labels: {step: build}}
      securityContext: {runAsUser: 0}
      initContainers: [{name: fetch, image: "git:1"}]
      container: {image: "docker:27", volumeMounts: [{name: sock, mountPath: /s}], securityContext: {privileged: true}}
      sidecars: [{name: dind, image: "docker:27-dind"}]
    - name: script
      script: {image: "bash:5", source: "echo"}
    - name: set
      containerSet: {containers: [{name: one, image: "a:1"}, {name: two, image: "b:1"}]}
)";

TEST(Pods, OfAWorkflowAreItsTemplates) {
  const Subjects subjects = read_well(kWorkflow);
  std::vector<std::string> names;
  for (const Workload& workload : subjects.workloads) names.push_back(workload.name);
  ASSERT_THAT(names, ElementsAre("fetch", "build", "dind", "script", "one", "two"));
  const Workload& build = subjects.workloads[1];
  EXPECT_EQ(build.subject, "container \"build\" of Workflow \"build-\"");
  EXPECT_TRUE(build.privileged.is(true));
  EXPECT_TRUE(build.network_mode.is("host"));
  EXPECT_EQ(*build.user, "0");
  ASSERT_THAT(build.mounts.items, SizeIs(1));
  EXPECT_EQ(build.mounts.items.front().value.source, "/var/run/docker.sock");
  EXPECT_THAT(build.pod->labels, ElementsAre(KeyValue{"step", "build"}));
  EXPECT_EQ(subjects.workloads[2].pod->role, Role::sidecar);
  EXPECT_EQ(*subjects.workloads[3].user, "1000");
}

TEST(Pods, OfACronWorkflowAreInTheWorkflowItStarts) {
  const Subjects subjects = read_well(
      "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: {name: a}\n"
      "spec: {workflowSpec: {templates: [{name: t, container: {image: 'x:1'}}]}}\n");
  ASSERT_THAT(subjects.workloads, SizeIs(1));
  EXPECT_EQ(subjects.workloads.front().name, "t");
}

TEST(Pods, OfATaskAreItsSteps) {
  const Subjects subjects = read_well(R"(apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: run}
spec:
  serviceAccountName: builder
  podTemplate: {hostNetwork: true}
  taskSpec:
    steps: [{name: build, image: "docker:27", computeResources: {limits: {memory: 1Gi}}}]
    sidecars: [{name: dind, image: "docker:27-dind"}]
)");
  ASSERT_THAT(subjects.workloads, SizeIs(2));
  const Workload& step = subjects.workloads.front();
  EXPECT_EQ(step.subject, "container \"build\" of TaskRun \"run\"");
  EXPECT_EQ(*step.memory, 1 << 30);
  EXPECT_TRUE(step.network_mode.is("host"));
  EXPECT_EQ(*step.pod->service_account, "builder");
  EXPECT_EQ(subjects.workloads.back().pod->role, Role::sidecar);
}

TEST(Pods, OfKnativeNeedNoNameForTheirContainer) {
  const Subjects subjects = read_well(
      "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: fn}\n"
      "spec: {template: {spec: {containers: [{image: 'x:1'}]}}}\n");
  ASSERT_THAT(subjects.workloads, SizeIs(1));
  EXPECT_EQ(subjects.workloads.front().subject, "container of Service \"fn\"");
}

TEST(Pods, AreNotFoundInOtherObjects) {
  EXPECT_THAT(read_well("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {app: a}}\n").workloads,
              IsEmpty());
  // A list called "containers" whose items are no containers.
  EXPECT_THAT(read_well("apiVersion: x.y/v1\nkind: Yard\nspec: {containers: [{size: 40}]}\n").workloads, IsEmpty());
}

TEST(Pods, HaveInitSidecarAndEphemeralContainers) {
  const Subjects subjects = read_well(R"(apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
    - name: setup
    - name: mesh
      restartPolicy: Always
  containers:
    - name: app
  ephemeralContainers:
    - name: debug
)");
  std::vector<Role> roles;
  for (const Workload& workload : subjects.workloads) roles.push_back(workload.pod->role);
  EXPECT_THAT(roles, ElementsAre(Role::init, Role::sidecar, Role::main, Role::ephemeral));
  EXPECT_EQ(subjects.workloads[1].subject, "sidecar container \"mesh\" of Pod \"web\"");
  EXPECT_EQ(place(subjects.workloads[2].origin), "10:7");
}

TEST(Documents, ListsAreOpenedAndSeveralDocumentsRead) {
  const Subjects subjects = read_well(R"(apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: {name: one}
    spec: {containers: [{name: a, image: x}]}
  - apiVersion: v1
    kind: ConfigMap
    metadata: {name: two}
---
# nothing here
---
apiVersion: v1
kind: Pod
metadata: {name: three}
spec: {containers: [{name: b, image: y}]}
)");
  std::vector<std::string> names;
  for (const KubernetesObject& object : subjects.objects) names.push_back(object.name);
  EXPECT_THAT(names, ElementsAre("one", "two", "three"));
  EXPECT_EQ(subjects.workloads[0].image.origin().node, "items[0].spec.containers[0].image");
  EXPECT_EQ(place(subjects.workloads[1].image.origin()), "17:38");
}

TEST(Documents, JsonIsRead) {
  const std::string_view text =
      R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [{"name": "a", "image": "x",
 "securityContext": {"privileged": true}}]}})";
  EXPECT_TRUE(looks_like_manifest(text));
  const Subjects subjects = read_well(text);
  ASSERT_THAT(subjects.workloads, SizeIs(1));
  EXPECT_TRUE(subjects.workloads[0].privileged.is(true));
  EXPECT_EQ(place(subjects.workloads[0].privileged.origin()), "2:36");
}

TEST(Documents, OneThatDoesNotParseLeavesTheOthersWithTheirPlaces) {
  const Subjects subjects = read_text(R"(apiVersion: v1
kind: Pod
metadata: {name: one}
---
kind: [unclosed
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: three
)");
  ASSERT_THAT(subjects.errors, SizeIs(1));
  EXPECT_EQ(subjects.errors[0].code, ErrorCode::invalid);
  ASSERT_THAT(subjects.objects, SizeIs(2));
  EXPECT_EQ(subjects.objects[1].name, "three");
  EXPECT_EQ(place(subjects.objects[1].name_origin), "10:9");
}

TEST(Documents, WhatIsNoObjectIsOneErrorWithItsPlace) {
  const Subjects subjects = read_text("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\nname: x\n");
  ASSERT_THAT(subjects.errors, SizeIs(1));
  EXPECT_EQ(subjects.errors[0].what, "pod.yaml:5:1");
  EXPECT_THAT(subjects.objects, SizeIs(1));
}

TEST(Documents, WrongTypesAreOneErrorEachAndTheRestIsRead) {
  const Subjects subjects = read_text(R"(apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: [a]
spec:
  hostNetwork: "true"
  volumes: 7
  containers:
    - name: app
      image: {a: b}
      securityContext:
        runAsUser: root
        privileged: true
      ports: 80
)");
  std::vector<std::string> places;
  for (const Error& error : subjects.errors) places.push_back(error.what);
  EXPECT_THAT(places, testing::UnorderedElementsAre("pod.yaml:5:11", "pod.yaml:7:16", "pod.yaml:8:12", "pod.yaml:11:14",
                                                    "pod.yaml:13:20", "pod.yaml:15:14"));
  ASSERT_THAT(subjects.workloads, SizeIs(1));
  EXPECT_TRUE(subjects.workloads[0].privileged.is(true));
  EXPECT_FALSE(subjects.workloads[0].network_mode);
}

TEST(Documents, InputOfKustomizeIsNoObject) {
  EXPECT_THAT(
      read_well("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n").objects,
      IsEmpty());
}

TEST(Templates, OfHelmAreNeverReadAsManifests) {
  for (const std::string_view text : {
           "apiVersion: v1\nkind: Pod\nmetadata:\n  name: \"{{ .Release.Name }}\"\n",
           "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ include \"x\" . }}\n",
           "{{- if .Values.on }}\napiVersion: v1\nkind: Pod\n{{- end }}\n",
       }) {
    const Subjects subjects = read_text(text);
    ASSERT_THAT(subjects.errors, SizeIs(1)) << text;
    EXPECT_EQ(subjects.errors[0].code, ErrorCode::unsupported);
    EXPECT_THAT(subjects.errors[0].message(), testing::HasSubstr("Helm template"));
    EXPECT_THAT(subjects.objects, IsEmpty());
  }
}

TEST(Templates, BracesOfOtherProgramsAreText) {
  const Subjects subjects = read_well(R"(apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: a}
spec:
  summary: "{{ $labels.instance }} is down"
---
apiVersion: v1
kind: Pod
metadata: {name: b}
spec:
  containers:
    - name: app
      image: "{{inputs.parameters.image}}"
      securityContext: {privileged: "{{inputs.parameters.root}}"}
)");
  ASSERT_THAT(subjects.workloads, SizeIs(1));
  EXPECT_FALSE(subjects.workloads[0].image.known());
  EXPECT_TRUE(subjects.workloads[0].privileged);
  EXPECT_FALSE(subjects.workloads[0].privileged.known());
}

TEST(LooksLikeManifest, ByApiVersionAndKindOfOneDocument) {
  EXPECT_TRUE(looks_like_manifest("# x\n---\nkind: Pod\napiVersion: v1\n"));
  EXPECT_TRUE(looks_like_manifest("\"apiVersion\": v1\n'kind': Pod\n"));
  EXPECT_FALSE(looks_like_manifest("apiVersion: v2\nname: chart\n"));
  EXPECT_FALSE(looks_like_manifest("apiVersion: v1\n---\nkind: Pod\n"));
  EXPECT_FALSE(looks_like_manifest("services:\n  a:\n    apiVersion: x\n    kind: y\n"));
  EXPECT_FALSE(looks_like_manifest("{\"a\": {\"apiVersion\": 1, \"kind\": 2}}"));
}

TEST(Limits, AreTold) {
  std::string many = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n";
  for (int i = 0; i < 1001; ++i) many += "    - {name: c}\n";
  const Subjects subjects = read_text(many);
  ASSERT_THAT(subjects.errors, SizeIs(1));
  EXPECT_THAT(subjects.errors[0].why, testing::HasSubstr("1,000 containers"));
  EXPECT_THAT(subjects.workloads, IsEmpty());
}

// Statements of the pod are copied into each container: 900 containers times 200 KB of labels are not kept.
TEST(Limits, CopiesOfAPodAreBounded) {
  std::string text =
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations: {x: " + std::string(200'000, 'y') +
      "}\nspec:\n  containers:\n";
  for (int i = 0; i < 900; ++i) text += "    - {name: c}\n";
  const Subjects subjects = read_text(text);
  ASSERT_THAT(subjects.errors, SizeIs(1));
  EXPECT_EQ(subjects.errors[0].code, ErrorCode::limit);
  EXPECT_LT(subjects.workloads.size(), 900U);
}

}  // namespace
}  // namespace oakum::kubernetes
