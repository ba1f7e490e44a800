#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (workload.publish_all.is(true))
    judge.found(workload, workload.publish_all.origin(), "publishes every port that the image exposes");
}

}  // namespace

extern constinit const Rule publish_all{
    .info = checked({
        .id = "publish-all",
        .title = "every exposed port is published",
        .severity = Severity::medium,
        .practice = Practice::network_segmentation,
        .surfaces = "RL",
        .aliases = "CIS-5.9",
        .fix = FixSafety::unsafe,
        .fix_summary = "publish only the ports that are needed",
        .why = "Publishing all ports opens every port the image says it uses, on every interface and under a number "
               "nobody chose; a new image version may open more.",
        .bad = {Surface::run_command, "docker run -d -P nginx:1.27\n"},
        .good = {Surface::run_command, "docker run -d -p 127.0.0.1:8080:80 nginx:1.27\n"},
        .references = "https://docs.docker.com/engine/network/port-publishing/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
