#include <string>
#include <vector>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

// With a user namespace of its own the pod may unmask /proc by the baseline of 1.35; the restricted standard has said
// no since that version.
void check(const Workload& workload, Judge& judge) {
  if (!workload.unmasked_paths.is(true)) return;
  Finding& finding = judge.found(workload, workload.unmasked_paths.origin(),
                                 "unmasks /proc: kernel settings and memory maps are open to it");
  const bool is_new = at_least(judge, 35);
  const bool own_users = workload.userns_mode.is("private");
  std::erase_if(finding.aliases, [&](const std::string& alias) {
    return (alias == "pss-restricted:procMount" && !is_new) ||
           (alias == "pss-baseline:procMount" && is_new && own_users);
  });
  if (own_users) finding.severity = Severity::low;
}

}  // namespace

extern constinit const Rule proc_mount{
    .info = checked({
        .id = "proc-mount",
        .title = "the container sees all of /proc",
        .severity = Severity::high,
        .practice = Practice::not_privileged,
        .surfaces = "K",
        .aliases = "KSV-0027 gatekeeper:K8sPSPProcMount kube-linter:unsafe-proc-mount "
                   "kubesec:ProcMount polaris:procMount pss-baseline:procMount "
                   "pss-restricted:procMount",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove procMount",
        .why = "Runtimes mask parts of /proc (kcore, keys, sysrq-trigger) and make others read-only, "
               "since they are the kernel's and not the container's. procMount: Unmasked takes that "
               "away.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"
                "      securityContext:\n"
                "        procMount: Unmasked\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
