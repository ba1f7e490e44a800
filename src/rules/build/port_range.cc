#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::uint64_t kLast = 65535;

void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (instruction.kind != InstructionKind::expose) return;
  for (const Argument& argument : instruction.arguments) {
    const auto ports = argument.known ? parse_ports(argument.value) : std::nullopt;
    if (!ports || (ports->first <= kLast && ports->last <= kLast)) continue;
    only_aliases(
        judge.found(dockerfile, instruction, argument.span, join({"port ", quoted(argument.value), " is above 65535"})),
        {"DL3011", "DS-0008", "KICS-71bf8cf8"});
  }
}

void tell(const Workload& workload, const Origin& where, std::uint64_t port, Judge& judge) {
  Finding& finding = judge.found(workload, where, join({"port ", std::to_string(port), " is above 65535"}));
  only_aliases(finding, {});
  if (workload.surface == Surface::kubernetes) add_alias(finding, "kube-linter:invalid-target-ports");
}

void check_workload(const Workload& workload, Judge& judge) {
  for (const auto& port : workload.ports) {
    const std::uint64_t last = std::max(port.value.host_last, port.value.container_last);
    if (port.known && last > kLast) tell(workload, port.origin, last, judge);
  }
  for (const auto& port : workload.exposed) {
    if (port.known && port.value.last > kLast) tell(workload, port.origin, port.value.last, judge);
  }
}

}  // namespace

extern constinit const Rule port_range{
    .info = checked({
        .id = "port-range",
        .title = "a port that does not exist",
        .severity = Severity::medium,
        .practice = Practice::network_segmentation,
        .surfaces = "DCK",
        .aliases = "DL3011 DS-0008 KICS-71bf8cf8 kube-linter:invalid-target-ports",
        .fix = FixSafety::advice,
        .fix_summary = "write the port that is meant",
        .why = "TCP and UDP have ports up to 65535. A larger number is a typing error: builders and engines refuse it, "
               "or drop it without a word.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nEXPOSE 80000\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nEXPOSE 8000\n"},
        .references =
            "https://github.com/hadolint/hadolint/wiki/DL3011 https://docs.docker.com/reference/dockerfile/#expose",
    }),
    .checks = {.workload = check_workload, .instruction = check_instruction},
};

}  // namespace oakum::rules
