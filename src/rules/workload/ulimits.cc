#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (!has_linux_controls(workload, judge)) return;
  if (!workload.ulimits.stated) {
    for_surface(judge.found(workload, "no ulimit is set: those of the daemon hold"), workload);
    return;
  }
  for (const Stated<Ulimit>& item : workload.ulimits) {
    const bool judged = item.value.name == "nofile" || item.value.name == "nproc";
    if (!item.known || !judged || item.value.hard.value_or(item.value.soft.value_or(0)) != -1) continue;
    Finding& finding = judge.found(workload, item.origin, join({"the ulimit ", item.value.name, " is unlimited"}));
    finding.severity = Severity::low;
    for_surface(finding, workload);
  }
}

}  // namespace

extern constinit const Rule ulimits{
    .info = checked({
        .id = "ulimits",
        .title = "limits of single processes are not set",
        .severity = Severity::info,
        .practice = Practice::resource_limits,
        .surfaces = "CRL",
        .aliases = "CIS-5.19",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "set nofile and nproc to what the program needs",
        .why = "Open files and processes per user are bounded by ulimits. Where the daemon sets none, a container "
               "inherits the daemon's own, which are often a million files or unlimited.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    ulimits:\n"
                "      nofile: -1\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    ulimits:\n"
                 "      nofile:\n"
                 "        soft: 1024\n"
                 "        hard: 4096\n"},
        .references = "https://docs.docker.com/reference/cli/docker/container/run/#ulimit",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
