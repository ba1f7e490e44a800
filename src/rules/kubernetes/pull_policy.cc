#include <string>
#include <vector>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Without a policy the API server sets Always for :latest and for no tag, else IfNotPresent.
void check(const Workload& workload, Judge& judge) {
  if (!workload.image.known() || !workload.image->digest.empty() || workload.image->variable) return;
  if (workload.pull_policy && (!workload.pull_policy.known() || *workload.pull_policy == "Always")) return;
  const bool moving = workload.image->tag.empty() || workload.image->tag == "latest";
  if (!workload.pull_policy && moving) return;
  const Origin& where = workload.pull_policy ? workload.pull_policy.origin() : workload.image.origin();
  Finding& finding =
      judge.found(workload, where,
                  workload.pull_policy ? join({"imagePullPolicy is ", quoted(*workload.pull_policy)})
                                       : std::string("imagePullPolicy is not set: what the node has cached runs"));
  if (moving) {
    finding.severity = Severity::medium;
  } else {
    std::erase(finding.aliases, "C-0075");
  }
}

}  // namespace

extern constinit const Rule pull_policy{
    .info = checked({
        .id = "pull-policy",
        .title = "a cached image may run instead of the one in the registry",
        .severity = Severity::low,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "K",
        .aliases = "C-0075 CKV_K8S_15 kube-score:container-image-pull-policy "
                   "polaris:pullPolicyNotAlways",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "set imagePullPolicy: Always, or pin the digest",
        .why = "A node that has an image of that name starts it without asking the registry: no "
               "credentials are checked, so any pod on the node can run private images, and a tag "
               "that was moved to a fixed image changes nothing.",
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
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"
                 "      imagePullPolicy: Always\n"},
        .references = "https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
