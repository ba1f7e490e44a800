#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (!workload.privileged.is(true)) return;
  Finding& finding = judge.found(workload, workload.privileged.origin(),
                                 "runs privileged: every capability, every device, no seccomp filter");
  forbidden_by(finding, workload, {"pss-baseline:privileged"});
}

}  // namespace

extern constinit const Rule privileged{
    .info = checked({
        .id = "privileged",
        .title = "the container runs privileged",
        .severity = Severity::critical,
        .practice = Practice::not_privileged,
        .surfaces = "CKRL",
        .aliases =
            "C-0057 CIS-5.5 CKV_K8S_16 CKV_K8S_2 CL-0002 KICS-ae5b6871 KSV-0017 gatekeeper:K8sPSPPrivilegedContainer "
            "kube-linter:privileged-container kube-linter:scc-deny-privileged-container "
            "kube-score:container-security-context-privileged kubesec:Privileged polaris:runAsPrivileged "
            "pss-baseline:privileged",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it, and add back only the capabilities and devices that are used",
        .why = "A privileged container has every capability, sees every device of the host and runs without seccomp or "
               "AppArmor: "
               "whoever takes it over mounts the host's disk and owns the machine.",
        .bad = {Surface::compose, "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n"},
        .good = {Surface::compose,
                 "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    cap_add: [NET_BIND_SERVICE]\n"},
        .references = "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
