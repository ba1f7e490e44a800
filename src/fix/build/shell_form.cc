#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "model/image_facts.h"

namespace oakum::fix::build {

namespace {

constexpr std::string_view kBuiltins[] = {".",    ":",      "alias",  "cd",    "eval",  "exit",   "export",
                                          "hash", "read",   "return", "set",   "shift", "source", "trap",
                                          "type", "ulimit", "umask",  "unset", "wait"};

// Does a shell make of the word what stands there?
bool is_literal(const shell::Word& word) {
  if (word.expands) return false;
  return word.quoted || (word.text.find_first_of("*?[]{}") == std::string::npos && !word.text.starts_with('~'));
}

bool is_simple(const shell::Command& command) {
  return command.depth == 0 && !command.negated && !command.words.empty() && command.redirections.empty() &&
         std::ranges::find(kBuiltins, command.words.front().text) == std::end(kBuiltins);
}

// `exec` in front means nothing in exec form.
std::vector<std::string> words_of(const shell::Command& command) {
  std::vector<std::string> words;
  for (const shell::Word& word : command.words) words.push_back(word.text);
  if (words.size() > 1 && words.front() == "exec" && !words[1].starts_with('-')) words.erase(words.begin());
  return words;
}

// One program with its arguments, of which the shell changes nothing.
bool is_plain_call(const shell::Command& command) {
  return is_simple(command) && command.assignments.empty() && std::ranges::all_of(command.words, is_literal);
}

// `… || exit 1`, as probes end: every failure means the same to the engine.
bool is_exit_one(const shell::Command& command) {
  return command.joint == shell::Joint::or_else && command.words.size() == 2 && command.words[0].text == "exit" &&
         command.words[1].text == "1";
}

// The script with `exec` before its last command, so that the shell makes way; nullopt where that cannot be said.
std::optional<std::string> with_exec(const Place& place, const Argument& script) {
  const auto& commands = place.at->script->commands;
  const shell::Command& last = commands.back();
  const bool whole = last.span.end == script.span.end && place.raw(script.span) == script.text;
  const bool alone = std::ranges::none_of(commands, [&](const shell::Command& other) {
    return other.depth > 0 || other.words.empty() || (&other != &last && other.pipeline == last.pipeline) ||
           other.joint == shell::Joint::background || other.joint == shell::Joint::or_else;
  });
  if (!whole || !alone || !is_simple(last)) return std::nullopt;
  std::string text = script.text;
  if (last.words.front().text == "exec") return text;
  const std::size_t at = last.span.begin - script.span.begin;
  return text.insert(at, last.assignments.empty() ? "exec " : "exec env ");
}

bool has(const Place& place, InstructionKind kind) {
  const Stage* stage = place.stage;
  while (true) {
    for (const Instruction& instruction : instructions_of(*place.file, *stage)) {
      if (instruction.kind == kind) return true;
    }
    if (!stage->parent || *stage->parent >= static_cast<std::size_t>(stage - place.file->stages.data())) return false;
    stage = &place.file->stages[*stage->parent];
  }
}

// `{entrypoint}`, `{{cmd}}`: a template's place for something, which may be in exec form itself.
bool is_placeholder(const shell::Command& command) {
  return std::ranges::any_of(command.words, [](const shell::Word& word) {
    return word.text.size() > 2 && word.text.front() == '{' && word.text.back() == '}' &&
           word.text.find(',') == std::string::npos;
  });
}

std::string through_shell(const Place& place, const Context& context, std::string script) {
  std::vector<std::string> items = place.at->before.shell;
  const ImageFacts* facts = base_facts(place, context);
  if (items.empty() && facts != nullptr) items = facts->shell;
  if (items.empty()) items = {"/bin/sh", "-c"};
  items.push_back(std::move(script));
  return json_array(items);
}

Planned plan(const Place& place, const Finding&, const Context& context) {
  const Instruction& old = *place.at;
  if (!old.script || !old.script->complete || old.script->commands.empty() || place.file->escape == '`')
    return refuse("it is no script of a POSIX shell: write it in exec form by hand");
  const Argument& script = old.arguments.front();
  const std::string_view raw = place.raw(script.span);
  if (raw.find('\n') != std::string_view::npos && raw.find('#') != std::string_view::npos)
    return refuse("comments stand among its lines: write it in exec form by hand");
  if (old.kind == InstructionKind::entrypoint && has(place, InstructionKind::cmd))
    return refuse(
        "CMD, which means nothing beside it now, would become its arguments: decide which of the two is meant");
  const auto& commands = old.script->commands;
  const shell::Command& first = commands.front();
  if (std::ranges::any_of(commands, is_placeholder))
    return refuse("something fills in its place in braces: let that write it in exec form");
  const bool probe = old.kind == InstructionKind::healthcheck;
  const bool one = commands.size() == 1 && first.span.begin == script.span.begin && first.span.end == script.span.end;
  const bool only = one || (probe && commands.size() == 2 && is_exit_one(commands[1]));
  const bool arguments = old.kind == InstructionKind::cmd && has(place, InstructionKind::entrypoint);
  const std::string note =
      arguments ? "its words are arguments of ENTRYPOINT now, no longer a shell with a script" : "";
  if (only && is_plain_call(first)) return answer({put(place, script.span, json_array(words_of(first)))}, note);
  // A probe is waited for, whoever its parent is.
  if (probe) return answer(put(place, script.span, through_shell(place, context, script.text)));
  const auto text = with_exec(place, script);
  if (!text)
    return refuse("it is more than the start of one program: move it to a script, and start that in exec form");
  return answer({put(place, script.span, through_shell(place, context, *text))}, note);
}

}  // namespace

extern constinit const Remedy shell_form{"shell-form", in_stage<plan>};

}  // namespace oakum::fix::build
