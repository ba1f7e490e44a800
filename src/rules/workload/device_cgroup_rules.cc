#include <string_view>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// "b 8:* rmw", "a *:* rwm": a wildcard, or any block device, or all.
bool is_wide(std::string_view rule) {
  rule = trim(rule);
  return rule.starts_with('a') || rule.starts_with('b') || rule.find('*') != std::string_view::npos;
}

void check(const Workload& workload, Judge& judge) {
  for (const Stated<std::string>& rule : workload.device_cgroup_rules) {
    if (!rule.known || !is_wide(rule.value)) continue;
    Finding& finding =
        judge.found(workload, rule.origin, join({"the device rule ", quoted(rule.value), " opens a class of devices"}));
    if (trim(rule.value).starts_with('a')) finding.severity = Severity::critical;
    for_surface(finding, workload);
  }
}

}  // namespace

extern constinit const Rule device_cgroup_rules{
    .info = checked({
        .id = "device-cgroup-rules",
        .title = "a rule opens devices of the host to the container",
        .severity = Severity::high,
        .practice = Practice::not_privileged,
        .surfaces = "CRL",
        .aliases = "CIS-5.18 CL-0016",
        .fix = FixSafety::advice,
        .fix_summary = "name the one device by its numbers",
        .why = "The device cgroup is what stops a container that can make device files from opening the host's "
               "disks. A rule that allows a whole class of devices takes that away, most of all together with "
               "MKNOD, which Docker gives by default.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    device_cgroup_rules:\n"
                "      - \"a *:* rwm\"\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    device_cgroup_rules:\n"
                 "      - \"c 10:200 rw\"\n"},
        .references = "https://docs.docker.com/reference/cli/docker/container/run/#device-cgroup-rule",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
