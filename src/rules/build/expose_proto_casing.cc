#include <string>
#include <string_view>

#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Argument& argument : instruction.arguments) {
    const auto slash = argument.value.rfind('/');
    if (!argument.known || slash == std::string::npos || is_lower(std::string_view(argument.value).substr(slash)))
      continue;
    judge.found(dockerfile, instruction, argument.span,
                join({"the protocol of ", quoted(argument.value), " is not in lower case"}));
  }
}

}  // namespace

extern constinit const Rule expose_proto_casing{
    .info = checked({
        .id = "expose-proto-casing",
        .title = "EXPOSE with a protocol in capitals",
        .severity = Severity::info,
        .practice = Practice::network_segmentation,
        .surfaces = "D",
        .aliases = "buildkit:ExposeProtoCasing",
        .grade = Grade::style,
        .fix = FixSafety::safe,
        .fix_summary = "write it in lower case",
        .why = "Engines write protocols in lower case. In capitals the builder accepts it with a warning, and tools "
               "that compare ports may not find it.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nEXPOSE 80/TCP\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nEXPOSE 80/tcp\n"},
        .references = "https://docs.docker.com/reference/build-checks/expose-proto-casing/",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::expose}},
};

}  // namespace oakum::rules
