#include <algorithm>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

struct Retired {
  std::string_view api_version, kind;
  int gone_since;              // minor version that no longer serves it
  std::string_view successor;  // "" none
  int successor_since;         // minor version
};
// https://kubernetes.io/docs/reference/using-api/deprecation-guide/, by version of removal.
constexpr Retired kRetired[] = {
    {"extensions/v1beta1", "Deployment", 16, "apps/v1", 9},
    {"extensions/v1beta1", "DaemonSet", 16, "apps/v1", 9},
    {"extensions/v1beta1", "ReplicaSet", 16, "apps/v1", 9},
    {"extensions/v1beta1", "NetworkPolicy", 16, "networking.k8s.io/v1", 7},
    {"extensions/v1beta1", "PodSecurityPolicy", 16, "", 10},
    {"apps/v1beta1", "Deployment", 16, "apps/v1", 9},
    {"apps/v1beta1", "StatefulSet", 16, "apps/v1", 9},
    {"apps/v1beta2", "Deployment", 16, "apps/v1", 9},
    {"apps/v1beta2", "DaemonSet", 16, "apps/v1", 9},
    {"apps/v1beta2", "ReplicaSet", 16, "apps/v1", 9},
    {"apps/v1beta2", "StatefulSet", 16, "apps/v1", 9},
    {"batch/v2alpha1", "CronJob", 21, "batch/v1", 21},
    {"admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration", 22, "admissionregistration.k8s.io/v1", 16},
    {"admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration", 22, "admissionregistration.k8s.io/v1",
     16},
    {"apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", 22, "apiextensions.k8s.io/v1", 16},
    {"apiregistration.k8s.io/v1beta1", "APIService", 22, "apiregistration.k8s.io/v1", 10},
    {"certificates.k8s.io/v1beta1", "CertificateSigningRequest", 22, "certificates.k8s.io/v1", 19},
    {"coordination.k8s.io/v1beta1", "Lease", 22, "coordination.k8s.io/v1", 14},
    {"extensions/v1beta1", "Ingress", 22, "networking.k8s.io/v1", 19},
    {"networking.k8s.io/v1beta1", "Ingress", 22, "networking.k8s.io/v1", 19},
    {"networking.k8s.io/v1beta1", "IngressClass", 22, "networking.k8s.io/v1", 19},
    {"rbac.authorization.k8s.io/v1beta1", "Role", 22, "rbac.authorization.k8s.io/v1", 8},
    {"rbac.authorization.k8s.io/v1beta1", "RoleBinding", 22, "rbac.authorization.k8s.io/v1", 8},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRole", 22, "rbac.authorization.k8s.io/v1", 8},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRoleBinding", 22, "rbac.authorization.k8s.io/v1", 8},
    {"scheduling.k8s.io/v1beta1", "PriorityClass", 22, "scheduling.k8s.io/v1", 14},
    {"storage.k8s.io/v1beta1", "CSIDriver", 22, "storage.k8s.io/v1", 19},
    {"storage.k8s.io/v1beta1", "CSINode", 22, "storage.k8s.io/v1", 17},
    {"storage.k8s.io/v1beta1", "StorageClass", 22, "storage.k8s.io/v1", 6},
    {"storage.k8s.io/v1beta1", "VolumeAttachment", 22, "storage.k8s.io/v1", 13},
    {"autoscaling/v2beta1", "HorizontalPodAutoscaler", 25, "autoscaling/v2", 23},
    {"batch/v1beta1", "CronJob", 25, "batch/v1", 21},
    {"discovery.k8s.io/v1beta1", "EndpointSlice", 25, "discovery.k8s.io/v1", 21},
    {"events.k8s.io/v1beta1", "Event", 25, "events.k8s.io/v1", 19},
    {"node.k8s.io/v1beta1", "RuntimeClass", 25, "node.k8s.io/v1", 20},
    {"policy/v1beta1", "PodDisruptionBudget", 25, "policy/v1", 21},
    {"policy/v1beta1", "PodSecurityPolicy", 25, "", 21},
    {"autoscaling/v2beta2", "HorizontalPodAutoscaler", 26, "autoscaling/v2", 23},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", 26, "flowcontrol.apiserver.k8s.io/v1", 29},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "PriorityLevelConfiguration", 26, "flowcontrol.apiserver.k8s.io/v1", 29},
    {"storage.k8s.io/v1beta1", "CSIStorageCapacity", 27, "storage.k8s.io/v1", 24},
    {"flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", 29, "flowcontrol.apiserver.k8s.io/v1", 29},
    {"flowcontrol.apiserver.k8s.io/v1beta2", "PriorityLevelConfiguration", 29, "flowcontrol.apiserver.k8s.io/v1", 29},
    {"flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", 32, "flowcontrol.apiserver.k8s.io/v1", 29},
    {"flowcontrol.apiserver.k8s.io/v1beta3", "PriorityLevelConfiguration", 32, "flowcontrol.apiserver.k8s.io/v1", 29},
};

void check(const KubernetesObject& object, Judge& judge) {
  const auto* row = std::ranges::find_if(kRetired, [&](const Retired& retired) {
    return retired.api_version == object.api_version && retired.kind == object.kind;
  });
  if (row == std::end(kRetired) || !at_least(judge, row->successor_since)) return;
  const bool gone = at_least(judge, row->gone_since);
  const std::string when = "1." + std::to_string(row->gone_since);
  Finding& finding =
      judge.found(object, place_of(object, "apiVersion"),
                  join({quoted(object.api_version), gone ? " is not served since " : " is not served from ", when,
                        row->successor.empty() ? ", and nothing replaces it" : ": use ", row->successor}));
  if (!gone) finding.severity = Severity::low;
  if (object.api_version != "extensions/v1beta1") std::erase(finding.aliases, "kube-linter:no-extensions-v1beta");
}

}  // namespace

extern constinit const Rule api_deprecated{
    .info = checked({
        .id = "api-deprecated",
        .title = "the API version is going away",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "K",
        .aliases = "KSV-0107 gatekeeper:VerifyDeprecatedAPI kube-linter:no-extensions-v1beta "
                   "kube-score:stable-version",
        .fix = FixSafety::safe,
        .fix_summary = "write it for the version that is served",
        .why = "A cluster that no longer serves the version refuses the object, usually on the day of "
               "an upgrade. PodSecurityPolicies and webhooks in a version that is gone protect "
               "nothing.",
        .bad = {Surface::kubernetes,
                "apiVersion: extensions/v1beta1\n"
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
        .references = "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
