#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::uint64_t kLast = 65535;

void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Argument& argument : instruction.arguments) {
    const auto ports = argument.known ? parse_ports(argument.value) : std::nullopt;
    if (!ports || (ports->first <= kLast && ports->last <= kLast)) continue;
    only_aliases(
        judge.found(dockerfile, instruction, argument.span, join({"port ", quoted(argument.value), " is above 65535"})),
        {"DL3011", "DS-0008", "KICS-71bf8cf8"});
  }
}

// The reader of Kubernetes keeps 0 for what is no port; the number that is written there tells it from a template's
// expression. Compose files and run lines with such a port do not read at all.
std::optional<std::int64_t> written_at(const Origin& origin, const Subjects& subjects) {
  const Source* source = subjects.source(origin.source);
  const Span& span = origin.span;
  if (source == nullptr || span.begin > span.end || span.end > source->text.size()) return std::nullopt;
  return parse_number<std::int64_t>(std::string_view(source->text).substr(span.begin, span.end - span.begin));
}

void check_workload(const Workload& workload, Judge& judge) {
  for (const auto& port : workload.exposed) {
    if (port.value.first != 0) continue;
    const auto number = written_at(port.origin, judge.subjects());
    if (!number || (*number > 0 && *number <= static_cast<std::int64_t>(kLast))) continue;
    only_aliases(judge.found(workload, port.origin, join({std::to_string(*number), " is no port between 1 and 65535"})),
                 {"kube-linter:invalid-target-ports"});
  }
}

}  // namespace

extern constinit const Rule port_range{
    .info = checked({
        .id = "port-range",
        .title = "a port that does not exist",
        .severity = Severity::medium,
        .practice = Practice::network_segmentation,
        .surfaces = "DK",
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
    .checks = {.workload = check_workload, .instruction = check_instruction, .instructions = {InstructionKind::expose}},
};

}  // namespace oakum::rules
