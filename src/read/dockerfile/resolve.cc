#include "read/dockerfile/resolve.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "read/dockerfile/expand.h"
#include "read/dockerfile/flags.h"
#include "read/dockerfile/grammar.h"
#include "read/dockerfile/heredocs.h"

namespace oakum::dockerfile {

namespace {

// Copied into each instruction's state: longer ones are hostile.
constexpr std::size_t kLongestState = 1024;

std::string quoted(std::string_view text) { return "\"" + printable(text, 60) + "\""; }

class Resolver {
 public:
  Resolver(Instruction& instruction, const Scope& scope, Context& context)
      : out_(instruction), scope_(scope), context_(context) {}

  void run() {
    flags();
    const Grammar* grammar = grammar_of(out_.kind);
    if (grammar == nullptr || !grammar->expands) return;
    const std::size_t words =
        out_.kind == InstructionKind::from ? std::min<std::size_t>(1, out_.arguments.size()) : out_.arguments.size();
    for (std::size_t i = 0; i < words; ++i) value(out_.arguments[i]);
    for (Assignment& assignment : out_.assignments) {
      value(assignment.key);
      value(assignment.value);
    }
    checks();
  }

 private:
  void value(Argument& argument) {
    if (is_plain(argument.value, context_.file.escape)) return;
    Expanded expanded = expand(argument.value, scope_, context_.file.escape, context_.growth);
    if (!expanded.problem.empty()) context_.refuse(argument.span, out_.name + ": " + expanded.problem);
    argument.value = std::move(expanded.value);
    argument.known = expanded.known;
    argument.quoted = argument.quoted || expanded.quoted;
  }

  void flags() {
    for (InstructionFlag& flag : out_.flags) {
      const bool copy = out_.kind == InstructionKind::add || out_.kind == InstructionKind::copy;
      const bool mount = out_.kind == InstructionKind::run && flag.name == "mount";
      if (copy && flag.name == "from" && flag.value.contains('$')) {
        context_.refuse(flag.span, "\"--from\": takes no variable; name a stage FROM it");
      } else if (copy || mount || out_.kind == InstructionKind::from) {
        expand_flag(flag);
      }
      std::string why = mount && flag.has_value ? read_mount(flag) : value_problem(out_, flag);
      if (!why.empty()) context_.refuse(flag.span, std::move(why));
    }
  }

  void expand_flag(InstructionFlag& flag) {
    if (!flag.value.contains('$')) return;
    Expanded expanded = expand(flag.value, scope_, context_.file.escape, context_.growth);
    if (!expanded.problem.empty()) {
      context_.refuse(flag.span, quoted("--" + flag.name) + ": " + expanded.problem);
    }
    flag.value = std::move(expanded.value);
  }

  void checks() {
    if (out_.kind == InstructionKind::add || out_.kind == InstructionKind::copy) copy();
    for (const Argument& argument : out_.arguments) {
      if (!argument.known) continue;
      std::string why;
      if (out_.kind == InstructionKind::expose && !argument.value.empty()) why = exposed(argument.value);
      if (out_.kind == InstructionKind::stopsignal) why = signal_problem(argument.value);
      if (out_.kind == InstructionKind::volume && trim(argument.value).empty()) why = "VOLUME: a path is empty";
      if (!why.empty()) context_.refuse(argument.span, std::move(why));
    }
    const bool named = out_.kind == InstructionKind::env || out_.kind == InstructionKind::label;
    for (const Assignment& assignment : out_.assignments) {
      if (named && assignment.key.value.empty() && !assignment.key.text.empty()) {
        context_.refuse(assignment.span, out_.name + ": a name is empty; write name=value");
      }
    }
  }

  // A variable may hold several ports.
  static std::string exposed(std::string_view words) {
    for (const std::string_view word : split(words, ' ')) {
      if (word.empty()) continue;
      if (std::string why = port_problem(word); !why.empty()) return why;
    }
    return "";
  }

  void copy() {
    if (out_.arguments.size() < 2) return;
    const Argument& target = out_.arguments.back();
    if (!out_.json_form && heredoc_of(target.text)) {
      return context_.refuse(target.span, out_.name + ": the target is a heredoc; put a path behind it");
    }
    const bool directory = target.value.ends_with('/') || target.value.ends_with('\\') || target.value == "." ||
                           target.value.ends_with("/.");
    if (out_.arguments.size() > 2 && target.known && !directory) {
      context_.refuse(target.span, out_.name + ": the target of several sources is no directory; end it with '/'");
    }
  }

  Instruction& out_;
  const Scope& scope_;
  Context& context_;
};

// Lexically: no "//", "." and "..".
std::string clean_path(std::string_view path) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  std::string cleaned;
  for (const std::string_view part : parts) cleaned += "/" + std::string(part);
  return cleaned.empty() ? "/" : cleaned;
}

bool is_windows_path(std::string_view path) { return path.starts_with('\\') || (path.size() > 1 && path[1] == ':'); }

void change_directory(std::string_view path, bool on_scratch, BuildState& state) {
  state.workdir_set = true;
  if (path.size() > kLongestState || path.starts_with('$')) {
    state.workdir.reset();
  } else if (is_windows_path(path)) {
    state.workdir = path;
  } else if (path.starts_with('/')) {
    state.workdir = clean_path(path);
  } else if (state.workdir || on_scratch) {
    std::string joined = clean_path(state.workdir.value_or("/") + "/" + std::string(path));
    state.workdir = joined.size() > kLongestState ? std::nullopt : std::optional(std::move(joined));
  }
}

std::optional<std::string> from_outside(const Dockerfile& file, std::string_view name) {
  const auto given = std::ranges::find(file.build_args, name, &std::pair<std::string, std::string>::first);
  return given == file.build_args.end() ? std::nullopt : std::optional(given->second);
}

Variable argument_value(const Assignment& assignment, Stages& stages, bool before_from, const Dockerfile& file) {
  if (auto given = from_outside(file, assignment.key.value)) return {.value = std::move(*given)};
  if (assignment.has_value) return {.value = assignment.value.value, .known = assignment.value.known};
  const Variable* global = before_from ? nullptr : stages.globals().find(assignment.key.value);
  return global == nullptr ? Variable{.set = false, .known = false} : *global;
}

void change_shell(const Instruction& instruction, BuildState& state) {
  if (!instruction.json_form) return;
  state.shell.clear();
  std::size_t size = 0;
  for (const Argument& argument : instruction.arguments) {
    size += argument.value.size() + 32;
    if (size <= kLongestState) state.shell.push_back(argument.value);
  }
}

}  // namespace

void resolve(Instruction& instruction, const Scope& scope, Context& context) {
  Resolver(instruction, scope, context).run();
}

void take_effect(const Instruction& instruction, Stages& stages, bool before_from, Context& context) {
  BuildState& state = stages.state();
  if (instruction.kind == InstructionKind::shell) change_shell(instruction, state);
  if (instruction.kind == InstructionKind::user && !instruction.arguments.empty()) {
    state.user = instruction.arguments.front().value.substr(0, kLongestState);
  }
  if (instruction.kind == InstructionKind::workdir && !instruction.arguments.empty()) {
    change_directory(instruction.arguments.front().value, stages.scope().closed(), state);
  }
  for (const Assignment& assignment : instruction.assignments) {
    if (instruction.kind == InstructionKind::arg) {
      stages.scope().set(assignment.key.value, argument_value(assignment, stages, before_from, context.file));
    } else if (instruction.kind == InstructionKind::env) {
      stages.scope().set(assignment.key.value,
                         {.value = assignment.value.value, .known = assignment.value.known, .env = true});
    }
  }
}

}  // namespace oakum::dockerfile
