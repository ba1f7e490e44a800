#include <string>
#include <utility>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

constexpr int kMostRetries = 5;  // the benchmark's number

void check(const Workload& workload, Judge& judge) {
  if (!workload.restart.known()) return;
  const RestartPolicy& policy = *workload.restart;
  const int retries = policy.max_retries.value_or(0);
  std::string message;
  if (policy.name == "always" || policy.name == "unless-stopped") {
    message = join({"restarts ", quoted(policy.name), ", without end"});
  } else if (policy.name == "on-failure" && (retries <= 0 || retries > kMostRetries)) {
    message = retries <= 0 ? std::string("restarts on failure without end")
                           : join({"restarts ", std::to_string(retries), " times"});
  } else {
    return;
  }
  for_surface(judge.found(workload, workload.restart.origin(), std::move(message)), workload);
}

}  // namespace

extern constinit const Rule restart_policy{
    .info = checked({
        .id = "restart-policy",
        .title = "the container is restarted without end",
        .severity = Severity::low,
        .practice = Practice::resource_limits,
        .surfaces = "CRL",
        .aliases = "CIS-5.15 KICS-2fc99041",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "use `on-failure:5`",
        .why = "A container that is restarted for ever hides that it crashes, gives an exploit as many tries as it "
               "needs, and keeps the host busy. A bound lets the failure be seen.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    restart: always\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    restart: on-failure:5\n"},
        .references = "https://docs.docker.com/engine/containers/start-containers-automatically/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
