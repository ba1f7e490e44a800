#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "fix/kubernetes/family.h"
#include "model/platform_defaults.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr const char* kLabel = "pod-security.kubernetes.io/enforce";

bool is_host(const Field<std::string>& mode) { return mode.is("host"); }

// What the baseline standard says most of, and node agents have.
bool breaks_baseline(const Workload& workload) {
  const auto is_host_path = [](const Stated<Mount>& mount) { return mount.value.kind == MountKind::bind; };
  return effective_privileged(workload) || is_host(workload.network_mode) || is_host(workload.pid_mode) ||
         is_host(workload.ipc_mode) || workload.pod->windows_host_process.is(true) ||
         std::ranges::any_of(workload.pod->volumes, is_host_path);
}

// Why its pods would not start any more.
std::optional<Refusal> turns_away(const KubernetesObject& name_space, const Subjects& subjects) {
  if (name_space.name == "kube-system")
    return Refusal{"what runs the nodes is in it and has to be privileged: keep others out of it by RBAC"};
  for (const Workload& workload : subjects.workloads) {
    if (workload.pod && workload.pod->name_space == name_space.name && breaks_baseline(workload))
      return Refusal{workload.subject +
                     " would be turned away: put that right first, or say \"privileged\" on purpose"};
  }
  return std::nullopt;
}

// Baseline forbids what is known to give the node away, and what most programs run with.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  if (auto why = turns_away(*object->object, context.subjects)) return std::unexpected(std::move(*why));
  const YamlEditor::Done done = object->yaml().set(object->in_object({"metadata", "labels", kLabel}), "baseline");
  return finished(*object, done,
                  "pods that break the baseline standard are turned away: check them before, with "
                  "oakum check --profile pss-baseline; \"restricted\" is stricter");
}

}  // namespace

extern constinit const Remedy namespace_pod_security{"namespace-pod-security", plan};

}  // namespace oakum::fix::kubernetes
