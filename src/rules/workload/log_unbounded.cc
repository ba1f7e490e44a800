#include <algorithm>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool has_max_size(const Logging& logging) {
  return std::ranges::any_of(logging.options,
                             [](const KeyValue& option) { return option.key == "max-size" && option.value != "-1"; });
}

void check(const Workload& workload, Judge& judge) {
  const bool stated = static_cast<bool>(workload.logging);
  if (stated && !workload.logging.known()) return;
  const bool json = stated && (workload.logging->driver == "json-file" || workload.logging->driver.empty());
  if (stated && json && !has_max_size(*workload.logging)) {
    judge.found(workload, workload.logging.origin(), "the log has no max-size");
  } else if (!stated && workload.engine == Engine::docker) {
    Finding& finding =
        judge.found(workload, "no logging is set: Docker's json-file has no max-size unless the daemon sets one");
    finding.severity = Severity::info;
  }
}

}  // namespace

extern constinit const Rule log_unbounded{
    .info = checked({
        .id = "log-unbounded",
        .title = "the log grows until the disk is full",
        .severity = Severity::low,
        .practice = Practice::monitoring,
        .surfaces = "CRL",
        .grade = Grade::strict,
        .fix = FixSafety::safe,
        .fix_summary = "set max-size and max-file",
        .why = "The driver json-file keeps everything for ever unless max-size is set. A chatty or attacked "
               "container then fills the disk that the engine and all other containers need.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    logging:\n"
                "      driver: json-file\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    logging:\n"
                 "      driver: json-file\n"
                 "      options:\n"
                 "        max-size: 10m\n"
                 "        max-file: \"3\"\n"},
        .references = "https://docs.docker.com/engine/logging/drivers/json-file/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
