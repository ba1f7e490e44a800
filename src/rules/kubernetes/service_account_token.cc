#include <algorithm>
#include <string>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

// Does the pod's account, if it is among what was read, keep its token to itself?
bool account_withholds(const PodFacts& pod, const Subjects& subjects) {
  const std::string account = pod.service_account.value_or("default");
  return std::ranges::any_of(subjects.objects, [&](const KubernetesObject& object) {
    return is_kind(object, "", "ServiceAccount") && object.name == account &&
           may_share_namespace(object.name_space, pod.name_space) && object.automount_token.is(false);
  });
}

void check(const KubernetesObject& object, Judge& judge) {
  for (const Workload* workload : pods_of(object, judge.subjects())) {
    const PodFacts& pod = *workload->pod;
    if (pod.automount_token) {
      if (pod.automount_token.is(true))
        judge.found(object, pod.automount_token.origin(), "mounts the token of its service account");
    } else if (!account_withholds(pod, judge.subjects())) {
      judge.found(object, object.name_origin,
                  "mounts the token of its service account: automountServiceAccountToken is not set");
    }
  }
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
    .checks = {.object = check},
};

}  // namespace oakum::rules
