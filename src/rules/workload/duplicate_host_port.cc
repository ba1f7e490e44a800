#include <algorithm>
#include <cstddef>
#include <vector>

#include "rules/kit/judge.h"
#include "rules/workload/ports.h"

namespace oakum::rules {

namespace {

struct Taken {
  const Workload* workload;
  const Stated<PublishedPort>* port;
};

bool same_address(const PublishedPort& a, const PublishedPort& b) {
  return is_open(a) || is_open(b) || a.host_ip == b.host_ip;
}

bool collide(const PublishedPort& a, const PublishedPort& b) {
  return a.protocol == b.protocol && a.host_first <= b.host_last && b.host_first <= a.host_last && same_address(a, b);
}

std::vector<Taken> ports_of(const ComposeProject& project, const Subjects& subjects) {
  std::vector<Taken> taken;
  for (const std::size_t service : project.services) {
    if (service >= subjects.workloads.size()) continue;
    const Workload& workload = subjects.workloads[service];
    for (const Stated<PublishedPort>& port : workload.ports) {
      // A range of several for one port is a choice, not a claim.
      const bool choice =
          port.value.host_first != port.value.host_last && port.value.container_first == port.value.container_last;
      if (port.known && port.value.host_first != 0 && !choice) taken.push_back({&workload, &port});
    }
  }
  return taken;
}

// In file order each port is compared with those before it; the count is bounded so that a hostile file costs little.
void check(const ComposeProject& project, Judge& judge) {
  constexpr std::size_t kMostCompared = 2000;
  const std::vector<Taken> taken = ports_of(project, judge.subjects());
  for (std::size_t i = 1; i < taken.size() && i < kMostCompared; ++i) {
    const auto end = taken.begin() + static_cast<std::ptrdiff_t>(i);
    const auto other = std::find_if(
        taken.begin(), end, [&](const Taken& before) { return collide(before.port->value, taken[i].port->value); });
    if (other == end) continue;
    Finding& finding = judge.found(
        *taken[i].workload, taken[i].port->origin,
        join({"the port ", port_text(taken[i].port->value), " is already published by ", other->workload->subject}));
    finding.related.push_back({other->port->origin, "published here first"});
  }
}

}  // namespace

extern constinit const Rule duplicate_host_port{
    .info = checked({
        .id = "duplicate-host-port",
        .title = "two services publish the same port of the host",
        .severity = Severity::medium,
        .practice = Practice::network_segmentation,
        .surfaces = "C",
        .aliases = "dclint:no-duplicate-exported-ports",
        .fix = FixSafety::advice,
        .fix_summary = "choose another port for one of them",
        .why = "Only one container can hold a port of the host on one address: the second service does not start, "
               "or starts only after the first one died, and then answers in its place.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    ports:\n"
                "      - \"127.0.0.1:8080:80\"\n"
                "  api:\n"
                "    image: api:1.0\n"
                "    ports:\n"
                "      - \"127.0.0.1:8080:80\"\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    ports:\n"
                 "      - \"127.0.0.1:8080:80\"\n"
                 "  api:\n"
                 "    image: api:1.0\n"
                 "    ports:\n"
                 "      - \"127.0.0.1:8081:80\"\n"},
        .references = "https://docs.docker.com/reference/compose-file/services/#ports",
    }),
    .checks = {.project = check},
};

}  // namespace oakum::rules
