#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void look_at(const Workload& workload, const Field<Probe>& probe, std::string_view called, Judge& judge) {
  if (!probe || probe->host.empty()) return;
  Finding& finding =
      judge.found(workload, probe->host_origin, join({called, " asks ", quoted(probe->host), " instead of the pod"}));
  if (!at_least(judge, 34)) only_aliases(finding, {});
}

void check(const Workload& workload, Judge& judge) {
  look_at(workload, workload.liveness, "the liveness probe", judge);
  look_at(workload, workload.readiness, "the readiness probe", judge);
  look_at(workload, workload.startup, "the startup probe", judge);
  look_at(workload, workload.post_start, "the postStart hook", judge);
  look_at(workload, workload.pre_stop, "the preStop hook", judge);
}

}  // namespace

extern constinit const Rule probe_host{
    .info = checked({
        .id = "probe-host",
        .title = "a probe or hook names its own host",
        .severity = Severity::medium,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .aliases = "pss-baseline:hostProbesAndHostLifecycle",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove host: probes then ask the pod",
        .why = "The kubelet connects from the node to whatever host a probe names: a pod can so make "
               "the node ask services that the pod itself may not reach, and a healthy answer of "
               "something else hides that the container is dead.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"
                "      livenessProbe:\n"
                "        httpGet:\n"
                "          port: 80\n"
                "          host: 169.254.169.254\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"
                 "      livenessProbe:\n"
                 "        httpGet:\n"
                 "          path: /healthz\n"
                 "          port: 80\n"},
        .references =
            "https://kubernetes.io/docs/concepts/security/pod-security-standards/ "
            "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
