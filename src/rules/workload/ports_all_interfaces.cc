#include "rules/kit/judge.h"
#include "rules/workload/family.h"
#include "rules/workload/ports.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (is_host(workload.network_mode)) return;  // published ports mean nothing there
  for (const Stated<PublishedPort>& port : workload.ports) {
    if (!port.known || !is_open(port.value)) continue;
    Finding& finding =
        judge.found(workload, port.origin,
                    join({port.value.host_last > port.value.host_first ? "publishes the ports " : "publishes the port ",
                          port_text(port.value), " on every interface"}));
    if (port.value.host_first == 80 || port.value.host_first == 443) finding.severity = Severity::low;
    for_surface(finding, workload);
  }
}

}  // namespace

extern constinit const Rule ports_all_interfaces{
    .info = checked({
        .id = "ports-all-interfaces",
        .title = "a port is published on every interface of the host",
        .severity = Severity::medium,
        .practice = Practice::network_segmentation,
        .surfaces = "CRL",
        .aliases = "CIS-5.14 CL-0005 KICS-451d79dc dclint:no-unbound-port-interfaces",
        .fix = FixSafety::unsafe,
        .fix_summary = "put the address in front that should be reachable, often 127.0.0.1",
        .why = "A port published without an address is open on every network the host has, also the ones nobody "
               "thought of, and Docker opens it in front of the host's own firewall rules. An address in front of "
               "the port says who may reach it.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    ports:\n"
                "      - \"8080:8080\"\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    ports:\n"
                 "      - \"127.0.0.1:8080:8080\"\n"},
        .references = "https://docs.docker.com/engine/network/port-publishing/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
