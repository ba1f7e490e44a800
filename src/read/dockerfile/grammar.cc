#include "read/dockerfile/grammar.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "base/text.h"

namespace oakum::dockerfile {

namespace {

constexpr Grammar kGrammar[] = {
    {InstructionKind::add, "ADD", Form::list, 2, "a source and a target", true},
    {InstructionKind::arg, "ARG", Form::args, 1, "a name", true},
    {InstructionKind::cmd, "CMD", Form::command, 0, "", false},
    {InstructionKind::copy, "COPY", Form::list, 2, "a source and a target", true},
    {InstructionKind::entrypoint, "ENTRYPOINT", Form::command, 0, "", false},
    {InstructionKind::env, "ENV", Form::assignments, 1, "a name and a value", true},
    {InstructionKind::expose, "EXPOSE", Form::words, 1, "a port", true},
    {InstructionKind::from, "FROM", Form::words, 1, "an image", true},
    {InstructionKind::healthcheck, "HEALTHCHECK", Form::healthcheck, 1, "CMD or NONE", false},
    {InstructionKind::label, "LABEL", Form::assignments, 1, "a name and a value", true},
    {InstructionKind::maintainer, "MAINTAINER", Form::whole, 1, "a name", false},
    {InstructionKind::onbuild, "ONBUILD", Form::onbuild, 1, "an instruction", false},
    {InstructionKind::run, "RUN", Form::command, 0, "", false},
    {InstructionKind::shell, "SHELL", Form::shell, 1, "a JSON array of strings", false},
    {InstructionKind::stopsignal, "STOPSIGNAL", Form::whole, 1, "a signal", true},
    {InstructionKind::user, "USER", Form::whole, 1, "a user", true},
    {InstructionKind::volume, "VOLUME", Form::list, 1, "a path", true},
    {InstructionKind::workdir, "WORKDIR", Form::whole, 1, "a path", true},
};
static_assert(std::size(kGrammar) == static_cast<std::size_t>(InstructionKind::unknown));
static_assert(std::ranges::is_sorted(kGrammar, {}, &Grammar::kind));  // so each kind is the number of its row

}  // namespace

const Grammar* grammar_of(std::string_view upper_case_name) {
  if (upper_case_name.empty()) return nullptr;
  const auto* found = std::ranges::find_if(kGrammar, [&](const Grammar& row) {
    return row.name.front() == upper_case_name.front() && row.name == upper_case_name;
  });
  return found == std::end(kGrammar) ? nullptr : found;
}

const Grammar* grammar_of(InstructionKind kind) {
  return kind == InstructionKind::unknown ? nullptr : &kGrammar[static_cast<std::size_t>(kind)];
}

std::string_view nearest_instruction(std::string_view upper_case_name) {
  std::vector<std::string_view> names;
  for (const Grammar& row : kGrammar) names.push_back(row.name);
  return nearest(upper_case_name, names);
}

}  // namespace oakum::dockerfile
