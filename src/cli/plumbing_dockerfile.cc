#include "cli/plumbing_dockerfile.h"

#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/fd.h"
#include "cli/command.h"
#include "cli/console.h"
#include "read/dockerfile/dockerfile.h"

namespace oakum::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kLargestFile = std::uint64_t{64} << 20;

template <class Items, class Make>
Json list(const Items& items, Make make) {
  Json made = Json::array();
  for (const auto& item : items) made.push_back(make(item));
  return made;
}

Json argument_json(const Argument& argument) {
  return {{"text", argument.text},        {"value", argument.value},  {"known", argument.known},
          {"start", argument.span.begin}, {"end", argument.span.end}, {"line", argument.span.line}};
}

Json flag_json(const InstructionFlag& flag) {
  Json made = {{"name", flag.name}, {"value", flag.value}, {"start", flag.span.begin}, {"end", flag.span.end}};
  for (const auto& [key, value] : flag.options) made["options"][key] = value;
  return made;
}

Json assignment_json(const Assignment& assignment) {
  return {{"key", argument_json(assignment.key)},
          {"value", assignment.has_value ? argument_json(assignment.value) : Json()},
          {"legacy", assignment.legacy}};
}

Json heredoc_json(const Heredoc& heredoc) {
  return {{"name", heredoc.name}, {"content", heredoc.content},  {"expand", heredoc.expand}, {"chomp", heredoc.chomp},
          {"fd", heredoc.fd},     {"start", heredoc.body.begin}, {"end", heredoc.body.end}};
}

Json instruction_json(const Instruction& instruction) {
  Json made = {{"name", instruction.name},
               {"text", instruction.text},
               {"flags", list(instruction.flags, flag_json)},
               {"arguments", list(instruction.arguments, argument_json)},
               {"assignments", list(instruction.assignments, assignment_json)},
               {"heredocs", list(instruction.heredocs, heredoc_json)},
               {"json_form", instruction.json_form},
               {"start", instruction.span.begin},
               {"end", instruction.span.end},
               {"start_line", instruction.span.line},
               {"end_line", instruction.span.end_line},
               {"stage", instruction.stage == Instruction::kNoStage ? Json() : Json(instruction.stage)}};
  // ONBUILD holds one, which holds none.
  if (!instruction.nested.empty()) made["nested"] = instruction_json(instruction.nested.front());
  return made;
}

Json stage_json(const Stage& stage) {
  return {{"name", stage.name},
          {"image",
           {{"text", stage.image.text},
            {"registry", stage.image.registry},
            {"repository", stage.image.repository},
            {"tag", stage.image.tag},
            {"digest", stage.image.digest}}},
          {"parent", stage.parent ? Json(*stage.parent) : Json()},
          {"platform", stage.platform},
          {"used", stage.used}};
}

Json problem_json(const SyntaxProblem& problem) {
  return {{"message", problem.message},
          {"line", problem.span.line},
          {"column", problem.span.column},
          {"start", problem.span.begin},
          {"end", problem.span.end}};
}

std::vector<SyntaxProblem> errors_of(const Dockerfile& file) {
  std::vector<SyntaxProblem> errors;
  for (const SyntaxProblem& problem : file.problems) {
    if (!problem.warning) errors.push_back(problem);
  }
  return errors;
}

}  // namespace

int plumbing_dockerfile(const std::string& path) {
  auto text = read_file(path == "-" ? "/dev/stdin" : path, kLargestFile);
  if (!text) {
    complain(text.error());
    return kCouldNot;
  }
  const Dockerfile file = dockerfile::read(*text, 0);
  const std::vector<SyntaxProblem> errors = errors_of(file);
  const Json document = {{"stages", list(file.stages, stage_json)},
                         {"instructions", list(file.instructions, instruction_json)},
                         {"errors", list(errors, problem_json)}};
  if (auto status = print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"); !status) {
    complain(status.error());
    return kCouldNot;
  }
  return errors.empty() ? kClean : kCouldNot;
}

}  // namespace oakum::cli
