#include <string>

#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (!is_binding(object)) return;
  for (const auto& subject : object.subjects) {
    const std::string& name = subject.value.name;
    if (name == "system:anonymous" || name == "system:unauthenticated") {
      Finding& finding =
          judge.found(object, subject.origin, join({"gives rights to ", quoted(name), ": who has not logged in"}));
      only_aliases(finding, {"KSV-0122", "gatekeeper:K8sDisallowAnonymous", "kubesec:BindingsToSystemAnonymous"});
    } else if (name == "system:authenticated" || name == "system:serviceaccounts") {
      Finding& finding =
          judge.found(object, subject.origin, join({"gives rights to ", quoted(name), ": every account there is"}));
      if (name == "system:authenticated") {
        only_aliases(finding, {"KSV-01011"});
      } else {
        only_aliases(finding, {});
      }
      finding.severity = Severity::high;
    }
  }
}

}  // namespace

extern constinit const Rule rbac_anonymous{
    .info = checked({
        .id = "rbac-anonymous",
        .title = "rights are given to whoever asks",
        .severity = Severity::critical,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "KSV-01011 KSV-0122 gatekeeper:K8sDisallowAnonymous "
                   "kubesec:BindingsToSystemAnonymous",
        .fix = FixSafety::unsafe,
        .fix_summary = "bind to the account that needs it",
        .why = "Requests without credentials run as system:anonymous in the group "
               "system:unauthenticated; system:authenticated is everybody with any credential, on "
               "some clouds everybody with an account there. What they get, the Internet gets.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRoleBinding\n"
                "metadata:\n"
                "  name: ops\n"
                "roleRef:\n"
                "  apiGroup: rbac.authorization.k8s.io\n"
                "  kind: ClusterRole\n"
                "  name: view\n"
                "subjects:\n"
                "  - kind: User\n"
                "    apiGroup: rbac.authorization.k8s.io\n"
                "    name: system:anonymous\n"
                "  - kind: Group\n"
                "    apiGroup: rbac.authorization.k8s.io\n"
                "    name: system:authenticated\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRoleBinding\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "roleRef:\n"
                 "  apiGroup: rbac.authorization.k8s.io\n"
                 "  kind: ClusterRole\n"
                 "  name: view\n"
                 "subjects:\n"
                 "  - kind: ServiceAccount\n"
                 "    name: ci\n"
                 "    namespace: build\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
