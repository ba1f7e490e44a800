#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"certificates.k8s.io", "certificatesigningrequests/approval", "update patch", "CKV_K8S_156", "CKV_K8S_156"},
    {"certificates.k8s.io", "signers", "approve sign", "CKV_K8S_156", "CKV_K8S_156"},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "a client certificate makes anyone whoever it names");
}

}  // namespace

extern constinit const Rule rbac_certificates{
    .info = checked({
        .id = "rbac-certificates",
        .title = "a role may approve certificates",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "CKV_K8S_156",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or narrow it with resourceNames",
        .why = "A signed client certificate is an identity for the API server: whoever approves requests can make "
               "cluster admins, and certificates cannot be revoked before they expire.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"certificates.k8s.io\"]\n"
                "    resources: [certificatesigningrequests/approval]\n"
                "    verbs: [update]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"certificates.k8s.io\"]\n"
                 "    resources: [certificatesigningrequests]\n"
                 "    verbs: [create, get]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
