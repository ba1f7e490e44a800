#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (!is_host(workload.userns_mode) || !first_of_pod(workload, judge)) return;
  Finding& finding =
      judge.found(workload.userns_mode.origin(), pod_subject(workload), "runs in the user namespace of the host");
  if (is_kubernetes(workload)) {
    only_aliases(finding, {"kubesec:HostUsers"});
    finding.severity = Severity::low;  // true is what Kubernetes does anyway
  } else {
    only_aliases(finding, {"CIS-5.31", "CL-0010", "KICS-8af7162d"});
  }
  for_surface(finding, workload);
}

}  // namespace

extern constinit const Rule userns_host{
    .info = checked({
        .id = "userns-host",
        .title = "the container leaves the user namespace that holds root down",
        .severity = Severity::medium,
        .practice = Practice::rootless_userns,
        .surfaces = "CKRL",
        .aliases = "CIS-5.31 CL-0010 KICS-8af7162d kubesec:HostUsers",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it",
        .why = "With user namespaces, root inside a container is an ordinary user on the host. Asking for the "
               "host's user namespace undoes that for this one container, even where the daemon remaps all others.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    userns_mode: host\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/engine/security/userns-remap/ "
                      "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
