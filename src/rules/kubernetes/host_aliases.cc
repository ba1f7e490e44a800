#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  for (const Workload* pod : pods_of(object, judge.subjects())) {
    const Field<bool>& aliases = pod->pod->host_aliases;
    if (aliases.is(true)) judge.found(object, aliases.origin(), "adds names of its own to /etc/hosts");
  }
}

}  // namespace

extern constinit const Rule host_aliases{
    .info = checked({
        .id = "host-aliases",
        .title = "the pod writes its own host names",
        .severity = Severity::low,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .aliases = "KSV-0007 kubesec:HostAliases",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "remove hostAliases and use DNS or an ExternalName service",
        .why = "hostAliases decide what a name means for this pod alone, past the cluster's DNS: a "
               "name that others resolve to a trusted service can lead elsewhere, and nobody sees it "
               "in DNS.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  hostAliases:\n"
                "    - ip: 10.0.0.7\n"
                "      hostnames: [db.internal]\n"
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
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
