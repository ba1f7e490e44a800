#include <cstdint>
#include <set>
#include <string>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

constexpr std::int64_t kFirstHighUid = 10000;

// What the pod states for its containers is told once.
void check(const KubernetesObject& object, Judge& judge) {
  std::set<std::uint32_t> told;
  for (const Workload* workload : containers_of(object, judge.subjects())) {
    const Field<std::string>& user = workload->user;
    if (!user.known()) continue;
    const auto uid = parse_number<std::int64_t>(*user);
    if (!uid || *uid == 0 || *uid >= kFirstHighUid) continue;  // root is another rule's
    if (told.insert(user.origin().span.begin).second)
      judge.found(*workload, user.origin(), join({"runs as uid ", *user, ", which the node may use too"}));
  }
}

}  // namespace

extern constinit const Rule user_low_uid{
    .info = checked({
        .id = "user-low-uid",
        .title = "the uid may be one of the host's",
        .severity = Severity::low,
        .practice = Practice::non_root,
        .surfaces = "K",
        .aliases = "CKV_K8S_40 KSV-0020 kube-score:container-security-context-user-group-id "
                   "kubesec:RunAsUser",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "use a uid of 10000 or more",
        .why = "Without user namespaces a uid in the container is the same uid on the node. Low ones "
               "belong to accounts of the system and of people there: a process that breaks out, or a "
               "shared volume, meets their files.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  securityContext:\n"
                "    runAsUser: 1000\n"
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
                 "    runAsUser: 10001\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
