#include "rules/kit/judge.h"
#include "rules/workload/family.h"
#include "rules/workload/host_namespace.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  // With the host's network an engine gives the host's UTS namespace too: host-network tells of that.
  const bool follows = is_host(workload.network_mode) && !is_host(workload.uts_mode);
  find_host_namespace(workload, judge,
                      {.mode = &Workload::uts_mode,
                       .in_kernel = workload.kernel && workload.kernel->host_uts && !follows,
                       .message = "shares the UTS namespace of the host"});
}

}  // namespace

extern constinit const Rule host_uts{
    .info = checked({
        .id = "host-uts",
        .title = "the container shares the host name of the host",
        .severity = Severity::low,
        .practice = Practice::not_privileged,
        .surfaces = "CRL",
        .aliases = "CIS-5.21 CL-0010",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it",
        .why = "In the host's UTS namespace a container sees the host's name and, with SYS_ADMIN, changes it under "
               "everything else that runs there.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    uts: host\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    hostname: web\n"},
        .references = "https://docs.docker.com/engine/containers/run/#uts-settings---uts",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
