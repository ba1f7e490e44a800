#include <string>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  const Field<std::string>& parent = workload.cgroup_parent;
  if (parent.known() && !parent->empty())
    for_surface(judge.found(workload, parent.origin(), join({"runs under the cgroup ", quoted(*parent)})), workload);
}

}  // namespace

extern constinit const Rule cgroup_parent{
    .info = checked({
        .id = "cgroup-parent",
        .title = "the container is put under another cgroup",
        .severity = Severity::low,
        .practice = Practice::resource_limits,
        .surfaces = "CRL",
        .aliases = "CIS-5.25 KICS-4d9f44c6",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it",
        .why = "Limits are kept in cgroups. Under another parent a container gets that group's limits, or none, and "
               "what the daemon was told about resources no longer holds for it.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    cgroup_parent: /custom\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/reference/cli/docker/container/run/#cgroup-parent",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
