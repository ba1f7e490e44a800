#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Comments that speak to a tool.
bool is_pragma(std::string_view text) {
  constexpr std::string_view kStarts[] = {
      "hadolint ", "check=", "tally ", "trivy:", "checkov:", "kics-scan ", "oakum", "syntax=", "escape="};
  return std::ranges::any_of(kStarts, [&](std::string_view start) { return text.starts_with(start); });
}

std::vector<std::string_view> names_of(const Instruction& instruction, const Dockerfile& dockerfile) {
  std::vector<std::string_view> names;
  if (instruction.kind == InstructionKind::from && instruction.stage < dockerfile.stages.size()) {
    const std::string& name = dockerfile.stages[instruction.stage].name;
    if (!name.empty()) names.push_back(name);
  }
  if (instruction.kind != InstructionKind::arg) return names;
  for (const Assignment& assignment : instruction.assignments) names.push_back(assignment.key.value);
  return names;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  std::map<std::uint32_t, const DockerfileComment*> by_line;
  for (const DockerfileComment& comment : dockerfile.comments) by_line.emplace(comment.span.line, &comment);
  for (const Instruction& instruction : dockerfile.instructions) {
    const auto above = by_line.find(instruction.span.line - 1);
    if (above == by_line.end() || above->second->text.empty() || is_pragma(above->second->text)) continue;
    const auto names = names_of(instruction, dockerfile);
    std::string_view words = above->second->text;
    if (names.empty() || std::ranges::find(names, next_field(words, ' ')) != names.end()) continue;
    judge.found(dockerfile, instruction, above->second->span,
                join({"this comment is taken for the description of ", quoted(names.front()),
                      " but does not begin with that name"}));
  }
}

}  // namespace

extern constinit const Rule definition_description{
    .info = checked({
        .id = "definition-description",
        .title = "a comment above a stage or ARG does not describe it",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "buildkit:InvalidDefinitionDescription",
        .grade = Grade::style,
        .why = "Builders show the comment right above a stage or an ARG as its description, when it begins with the "
               "name. Any other comment there wants a blank line between.",
        .bad = {Surface::dockerfile, "# the default version\nARG VERSION=1\nFROM alpine:${VERSION}\n"},
        .good = {Surface::dockerfile,
                 "# VERSION is the tag of the base image\nARG VERSION=1\nFROM alpine:${VERSION}\n"},
        .references = "https://docs.docker.com/reference/build-checks/invalid-definition-description/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
