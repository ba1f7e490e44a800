#include <cstdint>

#include "base/text.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::int64_t kFirstHighUid = 10000;

void check(const Workload& workload, Judge& judge) {
  if (!workload.user.known()) return;
  const auto uid = parse_number<std::int64_t>(*workload.user);
  if (!uid || *uid == 0 || *uid >= kFirstHighUid) return;  // root is another rule's
  judge.found(workload, workload.user.origin(), join({"runs as uid ", *workload.user, ", which the node may use too"}));
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
    .checks = {.workload = check},
};

}  // namespace oakum::rules
