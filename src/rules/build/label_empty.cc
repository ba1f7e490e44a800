#include "rules/build/labels.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Assignment& label : instruction.assignments) {
    const bool in_schema = !schema_type(judge.settings(), label.key.value).empty();
    if (!label.value.known || !label.value.value.empty()) continue;
    if (!in_schema && oci_type(label.key.value).empty()) continue;
    Finding& finding =
        judge.found(dockerfile, instruction, label.span, join({"the label ", quoted(label.key.value), " is empty"}));
    if (!in_schema) only_aliases(finding, {});
  }
}

}  // namespace

extern constinit const Rule label_empty{
    .info = checked({
        .id = "label-empty",
        .title = "a label is empty",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3051",
        .fix = FixSafety::advice,
        .fix_summary = "give it a value, or leave it out",
        .why = "An empty label says that something is known, and then does not say what. Mostly a build argument was "
               "not given. It also hides the value that the base image had.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nLABEL org.opencontainers.image.source=\"\"\n"},
        .good = {Surface::dockerfile,
                 "FROM alpine:3.20\nLABEL org.opencontainers.image.source=\"https://example.org/a\"\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3051 "
                      "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::label}},
};

}  // namespace oakum::rules
