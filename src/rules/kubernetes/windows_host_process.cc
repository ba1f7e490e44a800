#include <cstdint>
#include <set>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

// What the pod states is found once, though all its containers carry it; overridden it is still forbidden.
void check(const KubernetesObject& object, Judge& judge) {
  std::set<std::uint32_t> seen;
  for (const Workload* workload : containers_of(object, judge.subjects())) {
    for (const Stated<bool>& stated : workload->pod->windows_host_process.statements()) {
      if (!stated.known || !stated.value || !seen.insert(stated.origin.span.begin).second) continue;
      judge.found(*workload, stated.origin, "runs as a process of the host, with the host's files and network");
    }
  }
}

}  // namespace

extern constinit const Rule windows_host_process{
    .info = checked({
        .id = "windows-host-process",
        .title = "the container is a process of the Windows host",
        .severity = Severity::critical,
        .practice = Practice::not_privileged,
        .surfaces = "K",
        .aliases = "KSV-0103 gatekeeper:K8sPSPHostProcess polaris:hostProcess "
                   "pss-baseline:windowsHostProcess",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove hostProcess",
        .why = "A HostProcess container is no container: it runs on the Windows node itself, with its "
               "file system, network and accounts. Whoever takes it over has the node.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  hostNetwork: true\n"
                "  securityContext:\n"
                "    windowsOptions:\n"
                "      hostProcess: true\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  os:\n"
                 "    name: windows\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/concepts/security/pod-security-standards/ "
                      "https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
