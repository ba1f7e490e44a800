#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kSource = "org.opencontainers.image.source";

std::set<std::string, std::less<>> labels_of(const Dockerfile& dockerfile) {
  std::set<std::string, std::less<>> labels;
  for (const Stage* stage : final_chain(dockerfile)) {
    for (const Instruction& instruction : instructions_of(dockerfile, *stage)) {
      if (instruction.kind != InstructionKind::label) continue;
      for (const Assignment& label : instruction.assignments) labels.insert(label.key.value);
    }
  }
  return labels;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const auto chain = final_chain(dockerfile);
  const Instruction* from = chain.empty() ? nullptr : from_of(dockerfile, *chain.front());
  if (from == nullptr) return;
  const auto labels = labels_of(dockerfile);
  const auto& schema = judge.settings().label_schema;
  for (const auto& [name, type] : schema) {
    if (!labels.contains(name)) judge.found(dockerfile, *from, join({"the image gets no label ", quoted(name)}));
  }
  if (!schema.empty() || labels.contains(kSource)) return;
  only_aliases(judge.found(dockerfile, *from, join({"the image gets no label ", quoted(kSource)})), {});
}

}  // namespace

extern constinit const Rule label_missing{
    .info = checked({
        .id = "label-missing",
        .title = "the image lacks a label",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3049",
        .grade = Grade::style,
        .fix = FixSafety::advice,
        .fix_summary = "add the label",
        .why = "Labels tell where an image came from long after it was built. The ones of the label schema in the "
               "settings are asked for; without a schema, the one that leads back to the source.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\n"},
        .good = {Surface::dockerfile,
                 "FROM alpine:3.20\nLABEL org.opencontainers.image.source=\"https://example.org/a\"\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3049 "
                      "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
