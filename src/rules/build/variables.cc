#include "rules/build/variables.h"

#include <algorithm>
#include <iterator>

namespace oakum::rules {

namespace {

bool starts_name(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_'; }
bool in_name(char byte) { return starts_name(byte) || (byte >= '0' && byte <= '9'); }

// The variable whose '$' is at `begin`; an empty name when there is none.
VariableUse variable_at(std::string_view text, std::size_t begin) {
  VariableUse use{.begin = begin};
  std::size_t at = begin + 1;
  const bool braces = at < text.size() && text[at] == '{';
  if (braces) ++at;
  const std::size_t name_begin = at;
  if (at < text.size() && starts_name(text[at])) {
    while (at < text.size() && in_name(text[at])) ++at;
  }
  use.name = text.substr(name_begin, at - name_begin);
  use.end = at;
  if (!braces || use.name.empty()) return use;
  std::string_view rest = text.substr(at);
  if (rest.starts_with('}')) {
    ++use.end;
    return use;
  }
  if (rest.starts_with(':')) rest.remove_prefix(1);
  use.has_fallback = rest.starts_with('-') || rest.starts_with('+') || rest.starts_with('?');
  return use;
}

}  // namespace

std::vector<VariableUse> variables_in(std::string_view text, char escape) {
  std::vector<VariableUse> found;
  if (text.find('$') == std::string_view::npos) return found;
  bool single = false;
  bool twice = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (single) {
      single = text[i] != '\'';
    } else if (text[i] == escape) {
      ++i;
    } else if (text[i] == '"') {
      twice = !twice;
    } else if (text[i] == '\'' && !twice) {
      single = true;
    } else if (text[i] == '$') {
      const VariableUse use = variable_at(text, i);
      if (use.name.empty()) continue;
      found.push_back(use);
      i = use.end - 1;
    }
  }
  return found;
}

std::vector<const Argument*> expanded_words(const Instruction& instruction) {
  std::vector<const Argument*> words;
  switch (instruction.kind) {
    case InstructionKind::arg:
    case InstructionKind::env:
    case InstructionKind::label:
      for (const Assignment& assignment : instruction.assignments) {
        words.push_back(&assignment.key);
        if (assignment.has_value) words.push_back(&assignment.value);
      }
      break;
    case InstructionKind::add:
    case InstructionKind::copy:
    case InstructionKind::expose:
    case InstructionKind::stopsignal:
    case InstructionKind::user:
    case InstructionKind::volume:
    case InstructionKind::workdir:
      for (const Argument& argument : instruction.arguments) words.push_back(&argument);
      break;
    case InstructionKind::cmd:
    case InstructionKind::entrypoint:
    case InstructionKind::from:
    case InstructionKind::healthcheck:
    case InstructionKind::maintainer:
    case InstructionKind::onbuild:
    case InstructionKind::run:
    case InstructionKind::shell:
    case InstructionKind::unknown:
      break;
  }
  return words;
}

bool is_platform_argument(std::string_view name) {
  constexpr std::string_view kNames[] = {"BUILDARCH", "BUILDOS",        "BUILDPLATFORM", "BUILDVARIANT", "TARGETARCH",
                                         "TARGETOS",  "TARGETPLATFORM", "TARGETSTAGE",   "TARGETVARIANT"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

void walk_stages(const Dockerfile& dockerfile, const std::function<void(const Stage&)>& enter,
                 const std::function<void(const Stage&)>& leave) {
  const auto& stages = dockerfile.stages;
  std::vector<std::vector<std::size_t>> children(stages.size());
  struct Visit {
    std::size_t stage;
    bool leaving;
  };
  std::vector<Visit> todo;
  for (std::size_t i = stages.size(); i-- > 0;) {
    if (stages[i].parent && *stages[i].parent < i) {
      children[*stages[i].parent].push_back(i);
    } else {
      todo.push_back({i, false});
    }
  }
  while (!todo.empty()) {
    const Visit visit = todo.back();
    todo.pop_back();
    if (visit.leaving) {
      leave(stages[visit.stage]);
      continue;
    }
    enter(stages[visit.stage]);
    todo.push_back({visit.stage, true});
    for (const std::size_t child : children[visit.stage]) todo.push_back({child, false});
  }
}

namespace {

bool defines(const Instruction& instruction) {
  return instruction.kind == InstructionKind::env || instruction.kind == InstructionKind::arg;
}

}  // namespace

void Scope::define(const Instruction& instruction) {
  if (!defines(instruction)) return;
  for (const Assignment& assignment : instruction.assignments) ++count_[assignment.key.value];
}

void Scope::forget(std::span<const Instruction> instructions) {
  for (const Instruction& instruction : instructions) {
    if (!defines(instruction)) continue;
    for (const Assignment& assignment : instruction.assignments) {
      const auto found = count_.find(assignment.key.value);
      if (found != count_.end() && --found->second == 0) count_.erase(found);
    }
  }
}

std::vector<std::string_view> Scope::names() const {
  constexpr std::size_t kMost = 200;
  std::vector<std::string_view> names;
  for (const auto& [name, count] : count_) {
    if (names.size() == kMost) break;
    names.push_back(name);
  }
  return names;
}

}  // namespace oakum::rules
