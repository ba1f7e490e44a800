#include <string>

#include "rules/build/labels.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void judge_label(const Instruction& instruction, const Assignment& label, const Dockerfile& dockerfile, Judge& judge) {
  const std::string& key = label.key.value;
  const Settings& settings = judge.settings();
  if (!label.key.known || key.find('$') != std::string::npos || !schema_type(settings, key).empty()) return;
  if (settings.strict_labels) {
    judge.found(dockerfile, instruction, label.key.span, join({"the label ", quoted(key), " is not in the schema"}));
  } else if (key.starts_with(kOciPrefix) && oci_type(key).empty()) {
    only_aliases(
        judge.found(dockerfile, instruction, label.key.span,
                    join({"the OCI specification has no label ", quoted(key), did_you_mean(key, oci_labels())})),
        {});
  }
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Assignment& label : instruction.assignments) judge_label(instruction, label, dockerfile, judge);
}

}  // namespace

extern constinit const Rule label_extra{
    .info = checked({
        .id = "label-extra",
        .title = "a label outside the schema",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3050",
        .fix = FixSafety::advice,
        .fix_summary = "correct the name, or add it to the schema",
        .why = "A label nobody expects is mostly a misspelled one. Names below org.opencontainers.image are the "
               "specification's; with strict labels every name has to be in the schema.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nLABEL org.opencontainers.image.license=\"MIT\"\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nLABEL org.opencontainers.image.licenses=\"MIT\"\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3050 "
                      "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::label}},
};

}  // namespace oakum::rules
