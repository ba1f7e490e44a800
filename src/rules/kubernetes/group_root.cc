#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

constexpr std::int64_t kFirstHighGid = 10000;

void check_group(const Workload& workload, const Stated<std::string>& group, std::string_view as, Judge& judge) {
  const auto gid = parse_number<std::int64_t>(group.value);
  if (!group.known || !gid || *gid >= kFirstHighGid) return;
  if (*gid == 0) {
    Finding& finding = judge.found(workload, group.origin, join({as, " is 0, the root group"}));
    only_aliases(finding, {"C-0013", "KSV-0116"});
    finding.severity = Severity::medium;
  } else if (as == "runAsGroup") {
    Finding& finding =
        judge.found(workload, group.origin, join({as, " is ", group.value, ", which the node may use too"}));
    only_aliases(finding, {"KSV-0021", "kubesec:RunAsGroup"});
  }
}

// What the pod states for its containers is told once.
void check(const KubernetesObject& object, Judge& judge) {
  std::set<std::uint32_t> told;
  const auto is_new = [&told](const Stated<std::string>& group) { return told.insert(group.origin.span.begin).second; };
  for (const Workload* workload : containers_of(object, judge.subjects())) {
    if (workload->group && is_new(workload->group.winner()))
      check_group(*workload, workload->group.winner(), "runAsGroup", judge);
    for (const auto& group : workload->extra_groups) {
      if (is_new(group)) check_group(*workload, group, "a supplementary group", judge);
    }
  }
}

}  // namespace

extern constinit const Rule group_root{
    .info = checked({
        .id = "group-root",
        .title = "the container is in the root group, or in one of the host's",
        .severity = Severity::low,
        .practice = Practice::non_root,
        .surfaces = "K",
        .aliases = "C-0013 KSV-0021 KSV-0116 kubesec:RunAsGroup",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "use a gid of 10000 or more",
        .why = "Files of the node and of images are often writable for the root group, so gid 0 gives "
               "a process without root's uid much of what root has. Low gids belong to groups of the "
               "node.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  securityContext:\n"
                "    runAsGroup: 0\n"
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
                 "    runAsGroup: 10001\n"
                 "    fsGroup: 10001\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
