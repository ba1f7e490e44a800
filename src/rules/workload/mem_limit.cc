#include <cstdint>

#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  const Field<std::int64_t>& field = workload.memory;
  if ((field && !field.known()) || effective_memory(workload)) return;
  for_surface(judge.found(workload, field ? field.origin() : workload.origin,
                          field ? "the memory limit is zero or less: unlimited" : "memory is not limited"),
              workload);
}

}  // namespace

extern constinit const Rule mem_limit{
    .info = checked({
        .id = "mem-limit",
        .title = "memory is not limited",
        .severity = Severity::medium,
        .practice = Practice::resource_limits,
        .surfaces = "CKRL",
        .aliases = "C-0004 C-0009 CIS-5.11 CKV_K8S_13 CL-0026 KICS-bb9ac4f7 KSV-0018 gatekeeper:K8sContainerLimits "
                   "kube-linter:unset-memory-requirements kube-score:container-resources kubesec:LimitsMemory "
                   "polaris:memoryLimitsMissing",
        .fix = FixSafety::unsafe,
        .fix_summary = "set a limit above what it was seen to use",
        .why = "A container without a limit takes all the memory of the host when it leaks or is made to, and the "
               "kernel then kills whatever it thinks best, perhaps the database next to it.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    mem_limit: 256m\n"},
        .references = "https://docs.docker.com/engine/containers/resource_constraints/ "
                      "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
