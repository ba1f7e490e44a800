#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "rules/build/image_name.h"
#include "rules/build/structure.h"
#include "rules/build/variables.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr int kMaxDepth = 8;
constexpr std::size_t kLongest = 4096;  // of a name; defaults that double each other would grow without end
using Values = std::map<std::string, std::string, std::less<>>;

// The word as the builder expands it with the defaults alone; nullopt when that is not ours to say (a platform
// argument, an undeclared name, a modifier beyond "-" and "+").
std::optional<std::string> expanded(std::string_view text, const Values& values, int depth);

// Behind "${name": the rest up to the brace that closes it, which is cut off `text`.
std::optional<std::string_view> modifier(std::string_view& text) {
  int open = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++open;
    if (text[i] == '}' && --open == 0) {
      const std::string_view inside = text.substr(0, i);
      text.remove_prefix(i + 1);
      return inside;
    }
  }
  return std::nullopt;
}

std::optional<std::string> with_modifier(const std::string& value, std::string_view rest, const Values& values,
                                         int depth) {
  if (rest.empty()) return value;
  if (rest.starts_with(':')) rest.remove_prefix(1);
  if (rest.starts_with('-')) return value.empty() ? expanded(rest.substr(1), values, depth + 1) : value;
  if (rest.starts_with('+')) return value.empty() ? std::string() : expanded(rest.substr(1), values, depth + 1);
  return std::nullopt;
}

std::optional<std::string> expanded(std::string_view text, const Values& values, int depth) {
  std::string result;
  if (depth > kMaxDepth || text.find('\'') != std::string_view::npos) return std::nullopt;
  while (!text.empty()) {
    if (text.front() != '$') {
      if (text.front() != '"') result += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto uses = variables_in(text, '\\');
    if (uses.empty() || uses.front().begin != 0) return std::nullopt;
    const std::string_view name = uses.front().name;
    const bool braces = text[1] == '{';
    text.remove_prefix(name.size() + (braces ? 2 : 1));
    const auto rest = braces ? modifier(text) : std::optional<std::string_view>("");
    const auto value = values.find(name);
    if (!rest || value == values.end()) return std::nullopt;
    const auto part = with_modifier(value->second, *rest, values, depth);
    if (!part) return std::nullopt;
    result += *part;
    if (result.size() > kLongest) return std::nullopt;
  }
  return result;
}

Values defaults_of(const Dockerfile& dockerfile) {
  Values values;
  for (const Instruction& instruction : dockerfile.instructions) {
    if (instruction.kind == InstructionKind::from) break;
    if (instruction.kind != InstructionKind::arg) continue;
    for (const Assignment& one : instruction.assignments) {
      const auto value = one.has_value ? expanded(one.value.text, values, 0) : std::optional<std::string>("");
      values.erase(one.key.value);
      if (value) values.emplace(one.key.value, *value);  // else FROM with it is not judged
    }
  }
  return values;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const Values values = defaults_of(dockerfile);
  for (const Stage& stage : dockerfile.stages) {
    const Instruction* from = from_of(dockerfile, stage);
    if (from == nullptr || from->arguments.empty()) continue;
    const Argument& image = from->arguments.front();
    if (image.text.find('$') == std::string::npos) continue;
    const auto name = expanded(image.text, values, 0);
    if (!name || is_image_name(*name)) continue;
    judge.found(dockerfile, *from, image.span,
                join({"with the defaults of ARG this is ", quoted(*name), ", which names no image"}));
  }
}

}  // namespace

extern constinit const Rule invalid_default_arg{
    .info = checked({
        .id = "invalid-default-arg",
        .title = "defaults of ARG give no valid image name",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "buildkit:InvalidDefaultArgInFrom",
        .fix = FixSafety::advice,
        .fix_summary = "give ARG a default that works",
        .why = "Without build arguments FROM gets what ARG has as default. When that is nothing, or no valid name, the "
               "Dockerfile builds only for those who know which argument to give.",
        .bad = {Surface::dockerfile, "ARG TAG\nFROM alpine:${TAG}\n"},
        .good = {Surface::dockerfile, "ARG TAG=3.20\nFROM alpine:${TAG}\n"},
        .references = "https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
