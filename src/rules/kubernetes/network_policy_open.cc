#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Egress to anywhere is common and sometimes meant; who may come in is what a policy is for.
void check(const KubernetesObject& object, Judge& judge) {
  if (object.kind != "NetworkPolicy" || !object.allows_all_ingress) return;
  judge.found(object, object.all_ingress,
              "its ingress rule leaves out nobody and no port: everybody may reach the pods it selects");
}

}  // namespace

extern constinit const Rule network_policy_open{
    .info = checked({
        .id = "network-policy-open",
        .title = "a network policy lets everything through",
        .severity = Severity::medium,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .fix = FixSafety::unsafe,
        .fix_summary = "name the peers and ports, or delete the policy",
        .why = "A rule with neither peers nor ports allows all traffic. Policies add up, so this one "
               "also undoes those that allow less.",
        .bad = {Surface::kubernetes,
                "apiVersion: networking.k8s.io/v1\n"
                "kind: NetworkPolicy\n"
                "metadata:\n"
                "  name: open\n"
                "spec:\n"
                "  podSelector: {}\n"
                "  ingress:\n"
                "    - {}\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: networking.k8s.io/v1\n"
                 "kind: NetworkPolicy\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  podSelector: {}\n"
                 "  ingress:\n"
                 "    - from:\n"
                 "        - podSelector: {}\n"},
        .references =
            "https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
