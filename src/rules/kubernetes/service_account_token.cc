#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

// The accounts that keep their token to themselves, by name and namespace.
using Accounts = std::multimap<std::string_view, std::string_view>;

bool withholds(const Accounts& accounts, const PodFacts& pod) {
  const std::string name = pod.service_account.value_or("default");
  const auto [first, last] = accounts.equal_range(name);
  return std::any_of(first, last,
                     [&](const auto& account) { return may_share_namespace(account.second, pod.name_space); });
}

void look_at(const KubernetesObject& object, const Accounts& accounts, Judge& judge) {
  const bool fragment = is_fragment(object, judge.subjects());
  for (const Workload* workload : pods_of(object, judge.subjects())) {
    const PodFacts& pod = *workload->pod;
    if (pod.automount_token) {
      if (pod.automount_token.is(true))
        judge.found(object, pod.automount_token.origin(), "mounts the token of its service account");
    } else if (!withholds(accounts, pod) && !fragment) {
      judge.found(object, object.name_origin,
                  "mounts the token of its service account: automountServiceAccountToken is not set");
    }
  }
}

void check(const Subjects& subjects, Judge& judge) {
  Accounts accounts;
  for (const KubernetesObject& object : subjects.objects) {
    if (is_kind(object, "", "ServiceAccount") && object.automount_token.is(false))
      accounts.emplace(object.name, object.name_space);
  }
  for (const KubernetesObject& object : subjects.objects) look_at(object, accounts, judge);
}

}  // namespace

extern constinit const Rule service_account_token{
    .info = checked({
        .id = "service-account-token",
        .title = "every container gets a token for the API server",
        .severity = Severity::low,
        .practice = Practice::secret_delivery,
        .surfaces = "K",
        .aliases = "C-0034 CKV_K8S_38 KSV-0036 gatekeeper:K8sPSPAutomountServiceAccountTokenPod "
                   "kubesec:AutomountServiceAccountToken polaris:automountServiceAccountToken",
        .fix = FixSafety::unsafe,
        .fix_summary = "set automountServiceAccountToken: false",
        .why = "Unless told otherwise Kubernetes puts a credential for the API server into every "
               "container. Few programs use it; whoever breaks into one of the others gets to ask the "
               "API server in its name.",
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
                 "  automountServiceAccountToken: false\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    }),
    .checks = {.subjects = check},
};

}  // namespace oakum::rules
