#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// Shares and a set of cores bound it too; Kubernetes has only the limit.
bool is_bounded(const Workload& workload) {
  if (effective_cpus(workload)) return true;
  if (is_kubernetes(workload)) return false;
  return (workload.cpu_shares && *workload.cpu_shares != 0) || (workload.cpuset && !workload.cpuset->empty());
}

void check(const Workload& workload, Judge& judge) {
  const Field<double>& field = workload.cpus;
  if ((field && !field.known()) || is_bounded(workload)) return;
  for_surface(judge.found(workload, field ? field.origin() : workload.origin,
                          field ? "the processor limit is zero: unlimited" : "processor time is not limited"),
              workload);
}

}  // namespace

extern constinit const Rule cpu_limit{
    .info = checked({
        .id = "cpu-limit",
        .title = "processor time is not limited",
        .severity = Severity::low,
        .practice = Practice::resource_limits,
        .surfaces = "CKRL",
        .aliases = "C-0004 C-0009 C-0050 CIS-5.12 CKV_K8S_11 CL-0026 KICS-6b610c50 KSV-0011 "
                   "gatekeeper:K8sContainerLimits kube-linter:unset-cpu-requirements kube-score:container-resources "
                   "kubesec:LimitsCPU polaris:cpuLimitsMissing",
        .fix = FixSafety::unsafe,
        .fix_summary = "set a limit above what it was seen to use",
        .why = "One container in an endless loop, or one that mines coins, takes every core of the host from the "
               "others. A limit or a share bounds that.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    cpus: 0.5\n"},
        .references = "https://docs.docker.com/engine/containers/resource_constraints/#cpu "
                      "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
