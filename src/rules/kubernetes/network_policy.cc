#include <algorithm>
#include <vector>

#include "rules/kit/judge.h"
#include "rules/kubernetes/pod_index.h"

namespace oakum::rules {

namespace {

// Network policies do not hold for pods in the host's network: none would change anything.
bool is_host(const PodIndex::Pod& pod) { return pod.first->network_mode.is("host"); }

void look_at(const PodIndex::Pod& pod, const std::vector<const KubernetesObject*>& policies, PodIndex& index,
             Judge& judge) {
  if (is_host(pod) || pod.fragment) return;
  const bool isolated = std::ranges::any_of(policies, [&](const KubernetesObject* policy) {
    return index.selects(policy->selector, policy->name_space, pod);
  });
  if (!isolated)
    judge.found(*pod.object, pod.object->name_origin,
                "no network policy here selects its pods: every pod may reach them");
}

void check(const Subjects& subjects, Judge& judge) {
  PodIndex index(subjects);
  std::vector<const KubernetesObject*> policies;
  for (const KubernetesObject& object : subjects.objects) {
    if (object.kind == "NetworkPolicy") policies.push_back(&object);
  }
  for (const PodIndex::Pod& pod : index.pods()) look_at(pod, policies, index, judge);
  if (index.exhausted() && !index.empty()) {
    const KubernetesObject& last = *index.pods().back().object;
    judge.could_not(last.name_origin, "the manifests",
                    "there are too many pods and policies to compare all of them; check fewer files at a time");
  }
}

}  // namespace

extern constinit const Rule network_policy{
    .info = checked({
        .id = "network-policy",
        .title = "pods may talk to anyone",
        .severity = Severity::low,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .aliases = "C-0030 C-0049 C-0260 CKV2_K8S_6 KSV-0038 kube-linter:non-isolated-pod "
                   "kube-score:pod-networkpolicy polaris:missingNetworkPolicy",
        .fix = FixSafety::unsafe,
        .fix_summary = "add a policy that denies by default, and allow what is needed",
        .why = "A pod that no policy selects accepts connections from every pod of the cluster and "
               "may open them anywhere. One compromised web server then reaches every database, and "
               "the metadata service of the cloud.",
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
                 "          image: nginx:1.27\n"
                 "---\n"
                 "apiVersion: networking.k8s.io/v1\n"
                 "kind: NetworkPolicy\n"
                 "metadata:\n"
                 "  name: deny\n"
                 "spec:\n"
                 "  podSelector: {}\n"
                 "  policyTypes: [Ingress, Egress]\n"},
        .references = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    }),
    .checks = {.subjects = check},
};

}  // namespace oakum::rules
