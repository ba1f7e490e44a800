#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (workload.ephemeral_storage || is_ephemeral(workload)) return;
  judge.found(workload, "has no limit on ephemeral storage");
}

}  // namespace

extern constinit const Rule ephemeral_storage{
    .info = checked({
        .id = "ephemeral-storage",
        .title = "the container may fill the disk of the node",
        .severity = Severity::info,
        .practice = Practice::resource_limits,
        .surfaces = "K",
        .aliases =
            "gatekeeper:K8sContainerEphemeralStorageLimit kube-score:container-ephemeral-storage-request-and-limit",
        .grade = Grade::style,
        .fix = FixSafety::unsafe,
        .fix_summary = "set resources.limits.ephemeral-storage",
        .why = "What a container writes to its own layer, its logs and emptyDirs lies on the node's "
               "disk. When that is full the kubelet evicts pods, not only this one.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"
                 "      resources:\n"
                 "        limits:\n"
                 "          ephemeral-storage: 1Gi\n"},
        .references =
            "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
