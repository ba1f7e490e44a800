#include "model/platform_defaults.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (!workload.unmasked_paths.is(true) || effective_privileged(workload)) return;
  judge.found(workload, workload.unmasked_paths.origin(),
              "sensitive paths below /proc and /sys are neither masked nor read-only");
}

}  // namespace

extern constinit const Rule unmasked_paths{
    .info = checked({
        .id = "unmasked-paths",
        .title = "the kernel's sensitive files are not masked",
        .severity = Severity::high,
        .practice = Practice::not_privileged,
        .surfaces = "CRL",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it",
        .why = "Engines hide /proc/kcore, /proc/keys, /sys/firmware and their like and make /proc/sys read-only, "
               "because root inside could read kernel memory or change the host through them. Unconfined system "
               "paths give all that back.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    security_opt:\n"
                "      - systempaths=unconfined\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/reference/cli/docker/container/run/#security-opt",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
