#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (object.name_space != "kube-system" || object.workloads.empty()) return;
  judge.found(object, place_of(object, "metadata.namespace"), "runs in kube-system, which most policies leave alone");
}

}  // namespace

extern constinit const Rule namespace_kube_system{
    .info = checked({
        .id = "namespace-kube-system",
        .title = "the object is put among those of the cluster itself",
        .severity = Severity::medium,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "KSV-0037",
        .fix = FixSafety::advice,
        .fix_summary = "give it a namespace of its own",
        .why = "Admission policies usually skip kube-system so as not to break the cluster. What runs there is "
               "unchecked, and stands beside accounts that may do almost everything.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "  namespace: kube-system\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "  namespace: shop\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
