#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"admissionregistration.k8s.io", "mutatingwebhookconfigurations", "create update patch delete deletecollection",
     "KSV-0114", "KSV-0114 CKV_K8S_155 C-0039"},
    {"admissionregistration.k8s.io", "validatingwebhookconfigurations", "create update patch delete deletecollection",
     "KSV-0114", "KSV-0114 CKV_K8S_155 C-0036"},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "it sees and rewrites whatever is created");
}

}  // namespace

extern constinit const Rule rbac_webhooks{
    .info = checked({
        .id = "rbac-webhooks",
        .title = "a role may change admission webhooks",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "C-0036 C-0039 CKV_K8S_155 KSV-0114",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or narrow it with resourceNames",
        .why = "An admission webhook reads every object on its way in, secrets included, and a "
               "mutating one changes it. Deleting one switches off the checks that it made.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"admissionregistration.k8s.io\"]\n"
                "    resources: [mutatingwebhookconfigurations, validatingwebhookconfigurations]\n"
                "    verbs: [update]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"admissionregistration.k8s.io\"]\n"
                 "    resources: [mutatingwebhookconfigurations]\n"
                 "    verbs: [get]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
