#include <algorithm>
#include <vector>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  const std::vector<const Workload*> pods = pods_of(object, judge.subjects());
  const bool missing = std::ranges::any_of(pods, [](const Workload* pod) { return !pod->pod->priority_class; });
  if (missing && !is_fragment(object, judge.subjects()))
    judge.found(object, object.name_origin, "sets no priorityClassName");
}

}  // namespace

extern constinit const Rule priority_class{
    .info = checked({
        .id = "priority-class",
        .title = "the pod has no priority",
        .severity = Severity::info,
        .practice = Practice::resource_limits,
        .surfaces = "K",
        .aliases = "polaris:priorityClassNotSet",
        .grade = Grade::style,
        .fix = FixSafety::advice,
        .fix_summary = "set priorityClassName",
        .why = "When nodes are full the scheduler removes pods of lower priority. Without a class all "
               "are alike, and a batch job may push out what customers use.",
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
                 "  priorityClassName: high\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
