#include "model/platform_defaults.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (!workload.oom_kill_disable.is(true)) return;
  const bool limited = effective_memory(workload).has_value();
  Finding& finding = judge.found(
      workload, workload.oom_kill_disable.origin(),
      limited ? "is not killed when it uses up its memory" : "is not killed when memory is used up, and has no limit");
  if (!limited) finding.severity = Severity::high;
}

}  // namespace

extern constinit const Rule oom_kill_disable{
    .info = checked({
        .id = "oom-kill-disable",
        .title = "the kernel may not kill it when memory runs out",
        .severity = Severity::medium,
        .practice = Practice::resource_limits,
        .surfaces = "CRL",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it",
        .why = "When memory is used up the kernel must end something. A container that is exempt stays, and "
               "programs of the host are killed in its place; together with no memory limit one leak takes the "
               "whole machine down.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    mem_limit: 256m\n"
                "    oom_kill_disable: true\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    mem_limit: 256m\n"},
        .references = "https://docs.docker.com/engine/containers/resource_constraints/#memory",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
