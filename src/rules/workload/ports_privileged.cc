#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

constexpr std::uint32_t kFirstOrdinary = 1024;

bool is_privileged(std::uint32_t port) { return port > 0 && port < kFirstOrdinary; }

void check(const Workload& workload, Judge& judge) {
  if (is_kubernetes(workload)) {
    if (workload.pod->os.is("windows")) return;  // every port is an ordinary one there
    for (const Stated<ContainerPort>& port : workload.exposed) {
      if (!port.known || !is_privileged(port.value.first)) continue;
      Finding& finding =
          judge.found(workload, port.origin, join({"listens on port ", std::to_string(port.value.first)}));
      only_aliases(finding, {"KSV-0117", "kube-linter:privileged-ports"});
    }
    return;
  }
  if (is_host(workload.network_mode)) return;  // published ports mean nothing there
  for (const Stated<PublishedPort>& port : workload.ports) {
    if (!port.known || !is_privileged(port.value.host_first)) continue;
    Finding& finding = judge.found(workload, port.origin,
                                   join({"publishes on port ", std::to_string(port.value.host_first), " of the host"}));
    only_aliases(finding, {"CIS-5.8", "KICS-bc2908f3"});
    for_surface(finding, workload);
  }
}

void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Argument& port : instruction.arguments) {
    std::string_view text = port.value;
    const auto number = parse_number<std::uint32_t>(text.substr(0, text.find_first_of("/-")));
    if (!port.known || !number || !is_privileged(*number)) continue;
    Finding& finding =
        judge.found(dockerfile, instruction, port.span, join({"listens on port ", std::to_string(*number)}));
    finding.severity = Severity::info;
    only_aliases(finding, {});
  }
}

}  // namespace

extern constinit const Rule ports_privileged{
    .info = checked({
        .id = "ports-privileged",
        .title = "a port below 1024 is used",
        .severity = Severity::low,
        .practice = Practice::network_segmentation,
        .surfaces = "DCKRL",
        .aliases = "CIS-5.8 KICS-bc2908f3 KSV-0117 kube-linter:privileged-ports",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "use a port from 1024 on",
        .why = "Ports below 1024 are for services that the host trusts. On the host such a port may shadow one of "
               "its own services; inside, listening on one needs root or NET_BIND_SERVICE, unless the runtime opens "
               "them to all.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    ports:\n"
                "      - \"127.0.0.1:80:8080\"\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    ports:\n"
                 "      - \"127.0.0.1:8080:8080\"\n"},
        .references = "https://docs.docker.com/engine/network/port-publishing/",
    }),
    .checks = {.workload = check, .instruction = check_instruction, .instructions = {InstructionKind::expose}},
};

}  // namespace oakum::rules
