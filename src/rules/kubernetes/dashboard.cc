#include <algorithm>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool is_dashboard(const Workload& workload) {
  const bool by_image =
      workload.image.known() && workload.image->repository.find("kubernetes-dashboard") != std::string::npos;
  return by_image || std::ranges::any_of(workload.pod->labels, [](const KeyValue& label) {
           return (label.key == "app" || label.key == "k8s-app") && label.value == "kubernetes-dashboard";
         });
}

bool skips_login(const Field<CommandLine>& line) {
  return line.known() && std::ranges::any_of(line->arguments, [](std::string_view argument) {
           return argument == "--enable-skip-login" || argument == "--enable-skip-login=true";
         });
}

void check(const Workload& workload, Judge& judge) {
  if (!is_dashboard(workload)) return;
  if (skips_login(workload.entrypoint) || skips_login(workload.command)) {
    judge.found(workload, "is the Kubernetes dashboard, and --enable-skip-login lets in whoever reaches it").severity =
        Severity::high;
    return;
  }
  judge.found(workload, "is the Kubernetes dashboard: a web page that acts on the cluster");
}

}  // namespace

extern constinit const Rule dashboard{
    .info = checked({
        .id = "dashboard",
        .title = "the Kubernetes dashboard is deployed",
        .severity = Severity::medium,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "CKV_K8S_33",
        .fix = FixSafety::advice,
        .fix_summary = "remove it, or keep it behind authentication with a read-only account",
        .why = "The dashboard is a way into the cluster through a browser. Left reachable, or given "
               "more than it needs, it has been how whole clusters were taken over; its successor "
               "runs on the user's own machine.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
