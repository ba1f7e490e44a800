#include <string>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (is_kind(object, "", "ServiceAccount") && object.name == "default" && !object.automount_token.is(false)) {
    Finding& finding = judge.found(object, object.name_origin, "the default account gives its token to every pod");
    only_aliases(finding, {"CKV_K8S_41"});
  }
  const bool fragment = is_fragment(object, judge.subjects());
  for (const Workload* workload : pods_of(object, judge.subjects())) {
    const PodFacts& pod = *workload->pod;
    if (pod.automount_token.is(false) || (pod.service_account && !pod.service_account.known())) continue;
    const std::string account = pod.service_account.value_or("");
    if (!account.empty() && account != "default") continue;
    if (account.empty() && fragment) continue;
    Finding& finding = judge.found(object, pod.service_account ? pod.service_account.origin() : object.name_origin,
                                   "shares the account \"default\" with every pod that names none");
    only_aliases(finding, {"kube-linter:default-service-account", "kubesec:ServiceAccountName"});
  }
}

}  // namespace

extern constinit const Rule service_account_default{
    .info = checked({
        .id = "service-account-default",
        .title = "the pod uses the default service account",
        .severity = Severity::low,
        .practice = Practice::secret_delivery,
        .surfaces = "K",
        .aliases = "CKV_K8S_41 kube-linter:default-service-account kubesec:ServiceAccountName",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "give the workload a service account of its own",
        .why =
            "Whatever is granted to the default account is granted to every pod of the namespace that names no account "
            "of its own. A separate account can be given just what it needs, and the audit log can tell it apart.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  serviceAccountName: shop\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/concepts/security/service-accounts/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
