#include <string>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Argument& argument : instruction.arguments) {
    if (!argument.known || argument.value.find(':') == std::string::npos) continue;
    judge.found(dockerfile, instruction, argument.span,
                join({quoted(argument.value), " maps a port, which EXPOSE cannot do"}));
  }
}

}  // namespace

extern constinit const Rule expose_format{
    .info = checked({
        .id = "expose-format",
        .title = "EXPOSE with an address or a mapping",
        .severity = Severity::low,
        .practice = Practice::network_segmentation,
        .surfaces = "D",
        .aliases = "buildkit:ExposeInvalidFormat",
        .fix = FixSafety::safe,
        .fix_summary = "write the container's port alone",
        .why = "EXPOSE only notes which port the program listens on. Addresses and mappings belong to docker run or "
               "Compose; here they mislead, and a later builder refuses them.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nEXPOSE 127.0.0.1:80:80\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nEXPOSE 80\n"},
        .references = "https://docs.docker.com/reference/build-checks/expose-invalid-format/",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::expose}},
};

}  // namespace oakum::rules
