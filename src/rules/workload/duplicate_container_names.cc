#include <cstddef>
#include <map>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const ComposeProject& project, Judge& judge) {
  std::map<std::string_view, const Workload*> seen;
  for (const std::size_t service : project.services) {
    if (service >= judge.subjects().workloads.size()) continue;
    const Workload& workload = judge.subjects().workloads[service];
    if (!workload.container_name.known()) continue;
    const auto [first, is_new] = seen.emplace(*workload.container_name, &workload);
    if (is_new) continue;
    Finding& finding = judge.found(workload, workload.container_name.origin(),
                                   join({"the container name ", quoted(*workload.container_name), " is that of ",
                                         first->second->subject, " too"}));
    finding.related.push_back({first->second->container_name.origin(), "used here first"});
  }
}

}  // namespace

extern constinit const Rule duplicate_container_names{
    .info = checked({
        .id = "duplicate-container-names",
        .title = "two services use one container name",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "C",
        .aliases = "dclint:no-duplicate-container-names",
        .fix = FixSafety::advice,
        .fix_summary = "leave the names to Compose, or make them differ",
        .why = "A container name exists once on a host. The second service does not start, and the name it wanted "
               "leads to the other one.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    container_name: shop\n"
                "  api:\n"
                "    image: api:1.0\n"
                "    container_name: shop\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    container_name: shop-web\n"
                 "  api:\n"
                 "    image: api:1.0\n"
                 "    container_name: shop-api\n"},
        .references = "https://docs.docker.com/reference/compose-file/services/#container_name",
    }),
    .checks = {.project = check},
};

}  // namespace oakum::rules
