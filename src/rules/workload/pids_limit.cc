#include <cstdint>

#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  const Field<std::int64_t>& field = workload.pids_limit;
  if ((field && !field.known()) || effective_pids(workload) || !has_linux_controls(workload, judge)) return;
  for_surface(
      judge.found(workload, field ? field.origin() : workload.origin,
                  field ? "the process limit is zero or less: unlimited" : "the number of processes is not limited"),
      workload);
}

}  // namespace

extern constinit const Rule pids_limit{
    .info = checked({
        .id = "pids-limit",
        .title = "the number of processes is not limited",
        .severity = Severity::medium,
        .practice = Practice::resource_limits,
        .surfaces = "CRL",
        .aliases = "CIS-5.29 KICS-221e0658",
        .fix = FixSafety::unsafe,
        .fix_summary = "set a limit above what it was seen to use, often 100 to 500",
        .why = "A fork bomb, or a program that leaks threads, uses up the process numbers of the whole host until "
               "nothing can start any more, not even a shell to stop it.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    pids_limit: 200\n"},
        .references = "https://docs.docker.com/reference/cli/docker/container/run/#pids-limit",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
