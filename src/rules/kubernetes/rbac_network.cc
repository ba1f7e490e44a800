#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"", "services", "create update patch delete deletecollection", "KSV-0056", "KSV-0056"},
    {"", "endpoints", "create update patch delete deletecollection", "KSV-0056", "KSV-0056"},
    {"discovery.k8s.io", "endpointslices", "create update patch delete deletecollection", "KSV-0056", "KSV-0056"},
    {"networking.k8s.io", "ingresses", "create update patch delete deletecollection", "KSV-0056", "KSV-0056"},
    {"networking.k8s.io", "networkpolicies", "create update patch delete deletecollection", "KSV-0056", "KSV-0056"},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "traffic of others can be led elsewhere");
}

}  // namespace

extern constinit const Rule rbac_network{
    .info = checked({
        .id = "rbac-network",
        .title = "a role may redirect traffic",
        .severity = Severity::low,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "KSV-0056",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or narrow it with resourceNames",
        .why = "Services, endpoints, ingresses and network policies decide where requests go and who "
               "may send them: changed, they lead traffic to the attacker's pod or open what was "
               "closed.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"networking.k8s.io\"]\n"
                "    resources: [networkpolicies]\n"
                "    verbs: [delete]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [services, endpoints]\n"
                 "    verbs: [get, list, watch]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
