#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (workload.logging.known() && workload.logging->driver == "none")
    for_surface(judge.found(workload, workload.logging.origin(), "the log driver none keeps nothing"), workload);
}

}  // namespace

extern constinit const Rule logging_none{
    .info = checked({
        .id = "logging-none",
        .title = "the output of the container is thrown away",
        .severity = Severity::medium,
        .practice = Practice::monitoring,
        .surfaces = "CRL",
        .aliases = "CL-0014",
        .fix = FixSafety::safe,
        .fix_summary = "remove it, or use the driver local",
        .why = "With the log driver none nothing that the program says is kept. After an incident there is no trace "
               "of what happened, and nobody is warned while it does.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    logging:\n"
                "      driver: none\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    logging:\n"
                 "      driver: local\n"},
        .references = "https://docs.docker.com/engine/logging/configure/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
