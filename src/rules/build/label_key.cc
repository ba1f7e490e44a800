#include <algorithm>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

std::string_view fault_of(std::string_view key) {
  constexpr std::string_view kReserved[] = {"com.docker.", "io.docker.", "org.dockerproject."};
  const auto is_lower_letter = [](char byte) { return byte >= 'a' && byte <= 'z'; };
  const auto is_end = [&](char byte) { return is_lower_letter(byte) || (byte >= '0' && byte <= '9'); };
  for (const std::string_view prefix : kReserved) {
    if (key.starts_with(prefix)) return "begins with a prefix that Docker keeps for itself";
  }
  if (!is_lower_letter(key.front())) return "does not begin with a lower-case letter";
  if (!is_end(key.back())) return "does not end with a lower-case letter or digit";
  if (key.find("..") != std::string_view::npos || key.find("--") != std::string_view::npos) {
    return "has two dots or hyphens side by side";
  }
  const bool allowed = std::ranges::all_of(key, [&](char byte) { return is_end(byte) || byte == '.' || byte == '-'; });
  return allowed ? std::string_view() : "holds more than lower-case letters, digits, dots and hyphens";
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Assignment& label : instruction.assignments) {
    const std::string& key = label.key.value;
    if (key.empty() || !label.key.known || key.find('$') != std::string::npos) continue;
    const std::string_view fault = fault_of(key);
    if (!fault.empty())
      judge.found(dockerfile, instruction, label.key.span, join({"the label ", quoted(key), " ", fault}));
  }
}

}  // namespace

extern constinit const Rule label_key{
    .info = checked({
        .id = "label-key",
        .title = "a label has a name against the rules",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3048",
        .grade = Grade::style,
        .why = "Tools find labels by name. Docker reserves some prefixes for itself and asks for lower-case names with "
               "dots and hyphens, so that one label is not written in five ways.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nLABEL Version=\"1\"\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nLABEL org.example.version=\"1\"\n"},
        .references =
            "https://github.com/hadolint/hadolint/wiki/DL3048 https://docs.docker.com/engine/manage-resources/labels/",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::label}},
};

}  // namespace oakum::rules
