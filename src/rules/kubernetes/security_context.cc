#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  const PodFacts& pod = *workload.pod;
  if (pod.security_context_container) return;
  Finding& finding =
      judge.found(workload, pod.security_context_pod ? "has no securityContext of its own"
                                                     : "has no securityContext, and neither has its pod");
  if (pod.security_context_pod) only_aliases(finding, {"CKV_K8S_30"});
}

}  // namespace

extern constinit const Rule security_context{
    .info = checked({
        .id = "security-context",
        .title = "no security context is set",
        .severity = Severity::low,
        .practice = Practice::no_new_privileges,
        .surfaces = "K",
        .aliases = "CKV_K8S_29 CKV_K8S_30 KSV-0118",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "set securityContext",
        .why = "Everything that confines a container beyond the defaults is said in securityContext: "
               "user, capabilities, seccomp, read-only root. Without one all of them are at their "
               "loosest.",
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
                 "      securityContext:\n"
                 "        allowPrivilegeEscalation: false\n"},
        .references = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
