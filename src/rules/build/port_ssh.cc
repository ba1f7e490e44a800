#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::uint64_t kSsh = 22;
constexpr const char* kMessage = "exposes port 22, where an SSH server would be";

bool is_ssh(std::uint64_t first, std::uint64_t last, std::string_view protocol) {
  return first <= kSsh && kSsh <= last && (protocol.empty() || equals_ignoring_case(protocol, "tcp"));
}

void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Argument& argument : instruction.arguments) {
    const auto ports = argument.known ? parse_ports(argument.value) : std::nullopt;
    if (!ports || !is_ssh(ports->first, ports->last, ports->protocol)) continue;
    only_aliases(judge.found(dockerfile, instruction, argument.span, kMessage), {"CKV_DOCKER_1", "DS-0004"});
  }
}

void tell(const Workload& workload, const Origin& where, Judge& judge) {
  Finding& finding = judge.found(workload, where, kMessage);
  if (workload.surface == Surface::kubernetes) {
    only_aliases(finding, {"C-0042", "kube-linter:ssh-port"});
  } else {
    only_aliases(finding, {"CIS-5.7"});
  }
}

void check_workload(const Workload& workload, Judge& judge) {
  for (const auto& port : workload.ports) {
    const PublishedPort& value = port.value;
    if (port.known && is_ssh(value.container_first, value.container_last, value.protocol))
      tell(workload, port.origin, judge);
  }
  for (const auto& port : workload.exposed) {
    if (port.known && is_ssh(port.value.first, port.value.last, port.value.protocol))
      tell(workload, port.origin, judge);
  }
}

void check_image(const ImageFacts& image, Judge& judge) {
  for (const std::string& text : image.image.config.exposed_ports) {
    const auto ports = parse_ports(text);
    if (ports && is_ssh(ports->first, ports->last, ports->protocol))
      only_aliases(judge.found(image, kMessage), {"CIS-5.7"});
  }
}

}  // namespace

extern constinit const Rule port_ssh{
    .info = checked({
        .id = "port-ssh",
        .title = "port 22 is exposed",
        .severity = Severity::medium,
        .practice = Practice::network_segmentation,
        .surfaces = "DICKRL",
        .aliases = "C-0042 CIS-5.7 CKV_DOCKER_1 DS-0004 kube-linter:ssh-port",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove the SSH server; use docker exec or kubectl exec",
        .why = "An SSH server in a container is a second way in, with its own users, keys and updates, beside the "
               "engine's own exec. Containers are changed by replacing them, not by logging in.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nEXPOSE 22\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nEXPOSE 8080\n"},
        .references = "https://avd.aquasec.com/misconfig/ds004 https://www.cisecurity.org/benchmark/docker",
    }),
    .checks = {.workload = check_workload,
               .instruction = check_instruction,
               .instructions = {InstructionKind::expose},
               .image = check_image},
};

}  // namespace oakum::rules
