#include "read/kubernetes/kubernetes.h"

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "fix/kit/text.h"
#include "fix/write/write.h"

namespace oakum::fix {
namespace {

using Act = Change::Act;
using Changes = std::function<std::vector<Change>(const Workload&)>;

struct Case {
  std::string name;
  std::string before;
  Changes changes;
  std::string after;
  std::string refused;          // part of the reason; "" when it is done
  std::string container = "a";  // whose change it is
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

Changes set(Key key, Value value) {
  return [=](const Workload&) { return std::vector<Change>{{Act::set, key, value, std::nullopt}}; };
}
Changes add(Key key, Value value) {
  return [=](const Workload&) { return std::vector<Change>{{Act::add, key, value, std::nullopt}}; };
}
Changes drop(Key key) {
  return [=](const Workload&) { return std::vector<Change>{{Act::remove, key, {}, std::nullopt}}; };
}

// The statement of a list's item, by its place in the list.
template <class T>
Changes drop_item(Key key, List<T> Workload::* list, std::size_t i = 0) {
  return [=](const Workload& workload) {
    return std::vector<Change>{{Act::remove, key, {}, (workload.*list).items.at(i).origin}};
  };
}
Changes drop_volume(std::size_t i = 0) {
  return [=](const Workload& workload) {
    return std::vector<Change>{{Act::remove, Key::mounts, {}, workload.pod->volumes.items.at(i).origin}};
  };
}
Changes scratch(const char* path) {
  Mount mount;
  mount.kind = MountKind::empty_dir;
  mount.target = path;
  return add(Key::mounts, mount);
}
Changes alter_mount(std::function<void(Mount&)> alter) {
  return [=](const Workload& workload) {
    const Stated<Mount>& mount = workload.mounts.items.at(0);
    Mount altered = mount.value;
    alter(altered);
    return std::vector<Change>{{Act::set, Key::mounts, altered, mount.origin}};
  };
}

std::string pod(std::string_view spec, std::string_view container = "") {
  return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n" + std::string(spec) +
         "  containers:\n    - name: a  # the program\n      image: x:1\n" + std::string(container);
}

std::string crlf(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') text.insert(i++, 1, '\r');
  }
  return text;
}

const std::string kTwo =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n"
    "  initContainers:\n  - {name: i, image: 'x:1'}\n"
    "  containers:\n  - name: a\n    image: x:1\n";

const Case kCases[] = {
    {"a missing context goes to the container, not to the pod", pod("  securityContext: {runAsUser: 5}\n"),
     set(Key::run_as_non_root, true),
     pod("  securityContext: {runAsUser: 5}\n", "      securityContext:\n        runAsNonRoot: true\n"), ""},
    {"what the pod states is changed there", pod("  securityContext:\n    runAsNonRoot: false # why\n"),
     set(Key::run_as_non_root, true), pod("  securityContext:\n    runAsNonRoot: true # why\n"), ""},
    {"the container's own statement goes before",
     pod("  securityContext: {runAsNonRoot: false}\n", "      securityContext: {runAsNonRoot: false}\n"),
     set(Key::run_as_non_root, true),
     pod("  securityContext: {runAsNonRoot: false}\n", "      securityContext: {runAsNonRoot: true}\n"), ""},
    {"no new privileges is the opposite of escalation",
     pod("", "      securityContext:\n        allowPrivilegeEscalation: yes\n"), set(Key::no_new_privileges, true),
     pod("", "      securityContext:\n        allowPrivilegeEscalation: false\n"), ""},
    {"user and group beside each other", pod("  securityContext:\n    runAsUser: 0\n"),
     set(Key::user, std::string("7:8")), pod("  securityContext:\n    runAsUser: 7\n    runAsGroup: 8\n"), ""},
    {"a user by name cannot be said", pod(""), set(Key::user, std::string("www")), "", "by their number"},
    {"a dropped capability", pod("", "      securityContext:\n        capabilities:\n          drop: [NET_RAW]\n"),
     add(Key::cap_drop, std::string("ALL")),
     pod("", "      securityContext:\n        capabilities:\n          drop: [NET_RAW, ALL]\n"), ""},
    {"an added capability goes with what held it",
     pod("", "      securityContext:\n        capabilities:\n          add:\n            - SYS_ADMIN\n"),
     drop_item(Key::cap_add, &Workload::cap_add), pod(""), ""},
    {"a profile of the pod, and the file it named",
     pod("  securityContext:\n    seccompProfile:\n      type: Localhost # ours\n      localhostProfile: x.json\n"),
     set(Key::seccomp, std::string("default")),
     pod("  securityContext:\n    seccompProfile:\n      type: RuntimeDefault # ours\n"), ""},
    {"SELinux keeps the level",
     pod("", "      securityContext:\n        seLinuxOptions: {type: spc_t, user: u, level: s0}\n"), drop(Key::selinux),
     pod("", "      securityContext:\n        seLinuxOptions: {level: s0}\n"), ""},
    {"SELinux keeps a type for containers", pod("  securityContext: {seLinuxOptions: {type: container_t, role: r}}\n"),
     drop(Key::selinux), pod("  securityContext: {seLinuxOptions: {type: container_t}}\n"), ""},
    {"AppArmor goes as a whole",
     pod("", "      securityContext:\n        appArmorProfile:\n          type: Unconfined\n"), drop(Key::apparmor),
     pod(""), ""},
    {"host namespaces", pod("  # why\n  hostPID: true # so\n"), drop(Key::pid_mode), pod("  # why\n"), ""},
    {"one of two sysctls",
     pod("  securityContext:\n    sysctls:\n      - {name: a, value: '1'}\n      - name: b\n        value: '2'\n"),
     drop_item(Key::sysctls, &Workload::sysctls, 1),
     pod("  securityContext:\n    sysctls:\n      - {name: a, value: '1'}\n"), ""},
    {"the last sysctl", pod("  securityContext:\n    sysctls:\n      - name: b\n        value: '2'\n"),
     drop_item(Key::sysctls, &Workload::sysctls), pod(""), ""},
    {"limits", pod("", "      resources:\n        limits: {memory: 1Gi} # seen\n"), set(Key::cpus, 0.5),
     pod("", "      resources:\n        limits: {memory: 1Gi, cpu: 500m} # seen\n"), ""},
    {"a limit that is there is changed", pod("", "      resources:\n        limits:\n          memory: \"0\"\n"),
     set(Key::memory, std::int64_t{512} << 20U),
     pod("", "      resources:\n        limits:\n          memory: \"512Mi\"\n"), ""},
    {"whole cores are a text", pod(""), set(Key::cpus, 2.0),
     pod("", "      resources:\n        limits:\n          cpu: \"2\"\n"), ""},
    {"a variable gets a value in place of its source",
     pod("", "      env:\n        - name: A\n          valueFrom: {secretKeyRef: {name: s, key: k}}\n"),
     [](const Workload& workload) {
       return std::vector<Change>{
           {Act::set, Key::environment, KeyValue{"A", "yes"}, workload.environment.items[0].origin}};
     },
     pod("", "      env:\n        - name: A\n          value: \"yes\"\n"), ""},
    {"a host port goes with its address",
     pod("", "      ports:\n      - containerPort: 80\n        hostPort: 80\n        hostIP: 10.0.0.1\n"),
     drop_item(Key::ports, &Workload::ports), pod("", "      ports:\n      - containerPort: 80\n"), ""},
    {"a mount becomes read-only",
     pod("  volumes: [{name: v, hostPath: {path: /x}}]\n", "      volumeMounts:\n        - {name: v, mountPath: /x}\n"),
     alter_mount([](Mount& mount) { mount.read_only = true; }),
     pod("  volumes: [{name: v, hostPath: {path: /x}}]\n",
         "      volumeMounts:\n        - {name: v, mountPath: /x, readOnly: true}\n"),
     ""},
    {"propagation to the container only",
     pod("  volumes: [{name: v, hostPath: {path: /x}}]\n",
         "      volumeMounts:\n        - {name: v, mountPath: /x, mountPropagation: Bidirectional}\n"),
     alter_mount([](Mount& mount) { mount.propagation = "rslave"; }),
     pod("  volumes: [{name: v, hostPath: {path: /x}}]\n",
         "      volumeMounts:\n        - {name: v, mountPath: /x, mountPropagation: HostToContainer}\n"),
     ""},
    {"a mount goes with its volume",
     pod("  volumes:\n    - {name: v, hostPath: {path: /x}}\n",
         "      volumeMounts:\n        - {name: v, mountPath: /x}\n"),
     drop_item(Key::mounts, &Workload::mounts), pod(""), ""},
    {"a volume goes with all its mounts",
     pod("  volumes:\n    - name: v\n      hostPath: {path: /x}\n    - {name: w, emptyDir: {}}\n",
         "      volumeMounts:\n        - {name: v, mountPath: /x}\n        - {name: w, mountPath: /w}\n        - "
         "{name: v, mountPath: /y}\n"),
     drop_volume(),
     pod("  volumes:\n    - {name: w, emptyDir: {}}\n", "      volumeMounts:\n        - {name: w, mountPath: /w}\n"),
     ""},
    {"a directory to write to", pod(""), scratch("/var/cache/App"),
     pod("",
         "      volumeMounts:\n        - name: var-cache-app\n          mountPath: /var/cache/App\n  volumes:\n    - "
         "name: var-cache-app\n      emptyDir: {}\n"),
     ""},
    {"of one container among several, under a free name", kTwo + "  volumes: [{name: a-tmp, emptyDir: {}}]\n",
     scratch("/tmp"),
     kTwo + "    volumeMounts:\n    - name: a-tmp-2\n      mountPath: /tmp\n  volumes: [{name: a-tmp, emptyDir: {}}, "
            "{name: a-tmp-2, emptyDir: {}}]\n",
     ""},
    {"an init container in flow style, lists beside their keys", kTwo, set(Key::privileged, false),
     "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n"
     "  initContainers:\n  - {name: i, image: 'x:1', securityContext: {privileged: false}}\n"
     "  containers:\n  - name: a\n    image: x:1\n",
     "", "i"},
    {"line ends of Windows", crlf(pod("")), set(Key::read_only, true),
     crlf(pod("", "      securityContext:\n        readOnlyRootFilesystem: true\n")), ""},
    {"no newline at the end",
     "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: a\n    image: x",
     set(Key::pull_policy, std::string("Always")),
     "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: a\n    image: x\n    "
     "imagePullPolicy: Always",
     ""},
    {"JSON",
     R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"name": "a", "image": "x"}]}})",
     add(Key::cap_drop, std::string("ALL")),
     R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"name": "a", "image": "x", "securityContext": {"capabilities": {"drop": ["ALL"]}}}]}})",
     ""},
    {"the second document, beside one that is broken",
     "a: [\n---\n# ours\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostIPC: true\n  containers: [{name: "
     "a, image: x}]\n--- # last\nb: 1\n",
     drop(Key::ipc_mode),
     "a: [\n---\n# ours\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: a, image: "
     "x}]\n--- # last\nb: 1\n",
     ""},
    {"a template in a list",
     "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: batch/v1\n    kind: CronJob\n    metadata: {name: c}\n    "
     "spec:\n      jobTemplate:\n        spec:\n"
     "          template:\n            spec:\n              containers: [{name: a, image: x}]\n",
     set(Key::automount_token, false),
     "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: batch/v1\n    kind: CronJob\n    metadata: {name: c}\n    "
     "spec:\n      jobTemplate:\n        spec:\n"
     "          template:\n            spec:\n              containers: [{name: a, image: x}]\n              "
     "automountServiceAccountToken: false\n",
     ""},
    {"a context that others share",
     "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - {name: a, image: x, securityContext: "
     "&c {privileged: true}}\n"
     "    - {name: b, image: x, securityContext: *c}\n",
     set(Key::privileged, false), "", "&c"},
    {"an alias of such a context",
     "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - {name: b, image: x, securityContext: "
     "&c {privileged: true}}\n"
     "    - {name: a, image: x, securityContext: *c}\n",
     drop(Key::privileged), "", "*c"},
    {"what is not stated cannot go", pod(""), drop(Key::network_mode), "", "not stated"},
    {"what no manifest can say", pod(""), set(Key::pids_limit, std::int64_t{5}), "", "cannot say it"},
    {"ephemeral containers have no limits", pod("  ephemeralContainers:\n    - {name: e, image: x}\n"),
     set(Key::cpus, 1.0), "", "ephemeral", "e"},
};

class WriteKubernetes : public testing::TestWithParam<Case> {};

TEST_P(WriteKubernetes, GivesTheseBytes) {
  const Case& one = GetParam();
  Subjects subjects;
  kubernetes::read("pod.yaml", one.before, subjects);
  const Workload* workload = nullptr;
  for (const Workload& candidate : subjects.workloads) {
    if (candidate.name == one.container) workload = &candidate;
  }
  ASSERT_NE(workload, nullptr);
  ParsedTexts texts;
  const Written edits = write(subjects, texts, *workload, one.changes(*workload));
  if (!one.refused.empty()) {
    ASSERT_FALSE(edits);
    EXPECT_NE(edits.error().why.find(one.refused), std::string::npos) << edits.error().why;
    return;
  }
  ASSERT_TRUE(edits) << edits.error().why;
  const auto after = apply_edits(one.before, *edits);
  ASSERT_TRUE(after) << after.error().message();
  EXPECT_EQ(*after, one.after);
  const LineIndex lines(one.before);
  for (const Edit& edit : *edits) EXPECT_EQ(edit.span, lines.span(edit.span.begin, edit.span.end));
}

INSTANTIATE_TEST_SUITE_P(All, WriteKubernetes, testing::ValuesIn(kCases));

// Each alone leaves the other; together they would leave a key without a value, and so they have to meet.
TEST(WriteKubernetesTogether, RemovalsThatWouldEmptyACollectionMeet) {
  Subjects subjects;
  kubernetes::read(
      "pod.yaml",
      pod("  securityContext:\n    sysctls:\n      - {name: a, value: '1'}\n      - {name: b, value: '2'}\n"),
      subjects);
  const Workload& workload = subjects.workloads.front();
  ParsedTexts texts;
  const Written first = write(subjects, texts, workload, drop_item(Key::sysctls, &Workload::sysctls, 0)(workload));
  const Written second = write(subjects, texts, workload, drop_item(Key::sysctls, &Workload::sysctls, 1)(workload));
  ASSERT_TRUE(first && second);
  ASSERT_EQ(first->size(), 1U);
  ASSERT_EQ(second->size(), 1U);
  EXPECT_TRUE(conflict(first->front(), second->front()));
}

// Of keys that are required some always stays: these need not wait for each other.
TEST(WriteKubernetesTogether, RemovalsFromAPodDoNotMeet) {
  Subjects subjects;
  kubernetes::read("pod.yaml", pod("  hostPID: true\n  hostIPC: true\n"), subjects);
  const Workload& workload = subjects.workloads.front();
  ParsedTexts texts;
  const Written first = write(subjects, texts, workload, drop(Key::pid_mode)(workload));
  const Written second = write(subjects, texts, workload, drop(Key::ipc_mode)(workload));
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(conflict(first->front(), second->front()));
}

}  // namespace
}  // namespace oakum::fix
