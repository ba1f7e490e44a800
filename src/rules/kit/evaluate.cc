// Which subjects a rule sees: every one of a kind it has a function for, on a surface it declares.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void look_at_commands(const Rule& rule, const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (!instruction.script || instruction.stage >= dockerfile.stages.size()) return;
  const RunView view{dockerfile, dockerfile.stages[instruction.stage], instruction, *instruction.script};
  for (const shell::Command& command : instruction.script->commands) rule.checks.command(command, view, judge);
}

void look_at_instruction(const Rule& rule, const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const Checks& checks = rule.checks;
  if (checks.instruction != nullptr && checks.instructions.has(instruction.kind))
    checks.instruction(instruction, dockerfile, judge);
  if (checks.command != nullptr && instruction.kind == InstructionKind::run)
    look_at_commands(rule, instruction, dockerfile, judge);
}

void look_at_instructions(const Rule& rule, const Dockerfile& dockerfile, Judge& judge) {
  const InstructionKinds visits = rule.visits;  // few, of most rules
  for (const Instruction& instruction : dockerfile.instructions) {
    if (visits.has(instruction.kind)) look_at_instruction(rule, instruction, dockerfile, judge);
    for (const Instruction& nested : instruction.nested) look_at_instruction(rule, nested, dockerfile, judge);
  }
}

void look_at_dockerfile(const Rule& rule, const Dockerfile& dockerfile, Judge& judge) {
  if (!rule.visits.empty()) look_at_instructions(rule, dockerfile, judge);
  if (rule.checks.dockerfile != nullptr) rule.checks.dockerfile(dockerfile, judge);
}

// What checkers of images know their rules by. hadolint, KICS and checkov look at Dockerfiles only: their ids say
// nothing here.
bool is_of_images(std::string_view alias) {
  return alias.starts_with("CIS-") || alias.starts_with("DKL-") || alias.starts_with("DS-");
}

void look_at_history(const Rule& rule, const ImageFacts& image, Judge& judge, Outcome& outcome) {
  const std::size_t before = outcome.findings.size();
  look_at_dockerfile(rule, image.build, judge);
  for (std::size_t i = before; i < outcome.findings.size(); ++i)
    std::erase_if(outcome.findings[i].aliases, [](const std::string& alias) { return !is_of_images(alias); });
}

// What a workflow states for all its pods is found in each of them: the same of the same at the same place is told
// once.
void tell_once(std::vector<Finding>& findings, std::size_t first) {
  if (findings.size() < first + 2) return;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string_view, std::string_view>> told;
  std::vector<bool> is_new;
  for (std::size_t i = first; i < findings.size(); ++i) {
    const auto& [surface, source, span, node] = findings[i].origin;
    is_new.push_back(surface != Surface::kubernetes ||
                     told.emplace(source, span.begin, span.end, findings[i].subject, findings[i].message).second);
  }
  std::size_t end = first;
  for (std::size_t i = first; i < findings.size(); ++i) {
    if (!is_new[i - first]) continue;
    if (end != i) findings[end] = std::move(findings[i]);
    ++end;
  }
  findings.erase(findings.begin() + static_cast<std::ptrdiff_t>(end), findings.end());
}

}  // namespace

void look_at_each(const Rule& rule, const Subjects& subjects, const Settings& settings, Outcome& outcome) {
  Judge judge(rule, subjects, settings, outcome);
  const Checks& checks = rule.checks;
  const SurfaceSet surfaces = rule.info.surfaces;
  const std::size_t first = outcome.findings.size();
  if (surfaces.has(Surface::dockerfile)) {
    for (const Dockerfile& dockerfile : subjects.dockerfiles) look_at_dockerfile(rule, dockerfile, judge);
  }
  if (checks.project != nullptr) {
    for (const ComposeProject& project : subjects.projects) checks.project(project, judge);
  }
  if (checks.workload != nullptr) {
    for (const Workload& workload : subjects.workloads) {
      if (surfaces.has(workload.surface)) checks.workload(workload, judge);
    }
  }
  if (checks.object != nullptr) {
    for (const KubernetesObject& object : subjects.objects) checks.object(object, judge);
  }
  if (!subjects.objects.empty() && outcome.findings.size() > first) tell_once(outcome.findings, first);
  for (const ImageFacts& image : subjects.images) {
    if (checks.image != nullptr) checks.image(image, judge);
    if (checks.history) look_at_history(rule, image, judge, outcome);
  }
}

void look_at_all(const Rule& rule, const Subjects& subjects, const Settings& settings, Outcome& outcome) {
  Judge judge(rule, subjects, settings, outcome);
  const std::size_t first = outcome.findings.size();
  rule.checks.subjects(subjects, judge);
  if (!subjects.objects.empty()) tell_once(outcome.findings, first);
}

void evaluate(const Rule& rule, const Subjects& subjects, const Settings& settings, Outcome& outcome) {
  evaluate_each(rule, subjects, settings, outcome);
  evaluate_together(rule, subjects, settings, outcome);
}

}  // namespace oakum::rules
