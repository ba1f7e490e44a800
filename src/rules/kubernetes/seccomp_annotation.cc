#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kPod = "seccomp.security.alpha.kubernetes.io/pod";
constexpr std::string_view kContainer = "container.seccomp.security.alpha.kubernetes.io/";

// 1.27 stopped copying the annotations into the fields.
void check(const KubernetesObject& object, Judge& judge) {
  if (!at_least(judge, 27)) return;
  for (const Workload* pod : pods_of(object, judge.subjects())) {
    for (const auto& annotation : pod->annotations) {
      const std::string& key = annotation.value.key;
      if (key != kPod && !key.starts_with(kContainer)) continue;
      judge.found(
          object, annotation.origin,
          join({quoted(annotation.value.value), " has no effect: Kubernetes 1.27 and later ignore this annotation"}));
    }
  }
}

}  // namespace

extern constinit const Rule seccomp_annotation{
    .info = checked({
        .id = "seccomp-annotation",
        .title = "the seccomp profile is asked for where nobody reads it",
        .severity = Severity::medium,
        .practice = Practice::seccomp,
        .surfaces = "K",
        .fix = FixSafety::safe,
        .fix_summary = "set securityContext.seccompProfile instead",
        .why = "Until 1.26 a seccomp profile could be named in an annotation. Later versions do not "
               "look at it: the pod starts without complaint and without the filter that its author "
               "meant it to have.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "  annotations:\n"
                "    seccomp.security.alpha.kubernetes.io/pod: runtime/default\n"
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
                 "  securityContext:\n"
                 "    seccompProfile:\n"
                 "      type: RuntimeDefault\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/tutorials/security/seccomp/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
