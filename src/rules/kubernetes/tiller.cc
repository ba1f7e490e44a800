#include <algorithm>
#include <string>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

bool is_tiller_label(const KeyValue& label) {
  return (label.key == "name" && label.value == "tiller") || (label.key == "app" && label.value == "helm");
}

void check_service(const KubernetesObject& object, Judge& judge) {
  const auto& labels = object.selector.match_labels;
  const bool selects =
      std::ranges::any_of(labels, [](const KeyValue& label) { return label.key == "name" && label.value == "tiller"; });
  if (!selects && object.name != "tiller-deploy") return;
  only_aliases(judge.found(object, object.name_origin, "leads to Tiller, which acts on the cluster for whoever asks"),
               {"CKV_K8S_44"});
}

// Loopback keeps others out; without the flag Tiller listens on every address.
bool listens_on_loopback(const Workload& workload) {
  const auto is_loopback = [](const std::string& argument) {
    return argument.find("--listen=localhost") != std::string::npos ||
           argument.find("--listen=127.0.0.1") != std::string::npos;
  };
  return (workload.command && std::ranges::any_of(workload.command->arguments, is_loopback)) ||
         (workload.entrypoint && std::ranges::any_of(workload.entrypoint->arguments, is_loopback));
}

void check_container(const Workload& workload, Judge& judge) {
  const bool by_image = workload.image.known() && workload.image->repository.find("tiller") != std::string::npos;
  const auto tiller_labels = std::ranges::count_if(workload.pod->labels, is_tiller_label);
  if (!by_image && tiller_labels < 2) return;
  Finding& finding = judge.found(workload, "is Tiller, which acts on the cluster for whoever can reach it");
  if (listens_on_loopback(workload)) std::erase(finding.aliases, "CKV_K8S_45");
  std::erase(finding.aliases, "CKV_K8S_44");
}

void check(const KubernetesObject& object, Judge& judge) {
  if (is_kind(object, "", "Service")) check_service(object, judge);
  for (const Workload* workload : containers_of(object, judge.subjects())) check_container(*workload, judge);
}

}  // namespace

extern constinit const Rule tiller{
    .info = checked({
        .id = "tiller",
        .title = "the server half of Helm 2 is deployed",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "CKV_K8S_34 CKV_K8S_44 CKV_K8S_45 KSV-0102",
        .fix = FixSafety::advice,
        .fix_summary = "remove it and use Helm 3 or later",
        .why = "Tiller, the server half of Helm 2, usually ran as cluster admin and asked nobody who "
               "they were: any pod that reached its port owned the cluster. Helm 3 has no server; "
               "Helm 2 has been without fixes since 2020.",
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
                "      containers:\n"
                "        - name: app\n"
                "          image: ghcr.io/helm/tiller:v2.17.0\n"},
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
                 "      containers:\n"
                 "        - name: app\n"
                 "          image: nginx:1.27\n"},
        .references = "https://helm.sh/docs/faq/changes_since_helm2/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
