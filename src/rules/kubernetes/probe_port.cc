#include <algorithm>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool has_port(const Workload& workload, std::string_view port) {
  return std::ranges::any_of(workload.exposed, [port](const Stated<ContainerPort>& exposed) {
    return exposed.value.name == port || std::to_string(exposed.value.first) == port;
  });
}

void look_at(const Workload& workload, const Field<Probe>& probe, std::string_view called, Judge& judge) {
  if (!probe || probe->port.empty() || !probe->host.empty() || probe->port.find('$') != std::string::npos) return;
  if (has_port(workload, probe->port)) return;
  Finding& finding =
      judge.found(workload, probe->port_origin,
                  join({"the ", called, " probe asks port ", quoted(probe->port), ", which is not among its ports"}));
  finding.aliases = {join({"kube-linter:", called, "-port"})};
}

void check(const Workload& workload, Judge& judge) {
  look_at(workload, workload.liveness, "liveness", judge);
  look_at(workload, workload.readiness, "readiness", judge);
  look_at(workload, workload.startup, "startup", judge);
}

}  // namespace

extern constinit const Rule probe_port{
    .info = checked({
        .id = "probe-port",
        .title = "a probe asks a port that the container does not have",
        .severity = Severity::low,
        .practice = Practice::monitoring,
        .surfaces = "K",
        .aliases = "kube-linter:liveness-port kube-linter:readiness-port kube-linter:startup-port",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "declare the port, or ask the one that is declared",
        .why = "A port name that does not exist makes the probe fail for ever, and the kubelet "
               "restarts a healthy container; a number that is not declared usually means that the "
               "program moved and the probe did not.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"
                "      ports:\n"
                "        - containerPort: 80\n"
                "      livenessProbe:\n"
                "        httpGet:\n"
                "          port: 8080\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"
                 "      ports:\n"
                 "        - name: web\n"
                 "          containerPort: 80\n"
                 "      livenessProbe:\n"
                 "        httpGet:\n"
                 "          port: web\n"},
        .references =
            "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
