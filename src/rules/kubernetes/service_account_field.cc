#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (object.workloads.empty()) return;
  for (const auto& scalar : object.scalars) {
    if (!scalar.value.key.ends_with("spec.serviceAccount")) continue;
    judge.found(object, scalar.origin,
                "\"serviceAccount\" is deprecated: tools that look at serviceAccountName miss it");
  }
}

}  // namespace

extern constinit const Rule service_account_field{
    .info = checked({
        .id = "service-account-field",
        .title = "the account is named by a field that is going away",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "K",
        .aliases = "C-0294 kube-linter:deprecated-service-account-field",
        .fix = FixSafety::safe,
        .fix_summary = "call it serviceAccountName",
        .why = "serviceAccount is the old name of serviceAccountName and kept only for old objects. "
               "Where both are given the new one wins, and policies that look at one of them do not "
               "see the other.",
        .bad = {Surface::kubernetes,
                "apiVersion: apps/v1\n"
                "kind: Deployment\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  selector:\n"
                "    matchLabels:\n"
                "      app: web\n"
                "  template:\n"
                "    metadata:\n"
                "      labels:\n"
                "        app: web\n"
                "    spec:\n"
                "      serviceAccount: shop\n"
                "      containers:\n"
                "        - name: app\n"
                "          image: nginx:1.27\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: apps/v1\n"
                 "kind: Deployment\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  selector:\n"
                 "    matchLabels:\n"
                 "      app: web\n"
                 "  template:\n"
                 "    metadata:\n"
                 "      labels:\n"
                 "        app: web\n"
                 "    spec:\n"
                 "      serviceAccountName: shop\n"
                 "      containers:\n"
                 "        - name: app\n"
                 "          image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
