#include "read/dockerfile/script.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/text.h"
#include "read/dockerfile/heredocs.h"
#include "read/dockerfile/words.h"
#include "read/shell/anchors.h"
#include "read/shell/shell.h"

namespace oakum::dockerfile {

namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_posix_shell(std::string_view path) {
  constexpr std::array<std::string_view, 7> kShells = {"sh", "bash", "dash", "ash", "ksh", "zsh", "busybox"};
  return std::ranges::find(kShells, base_name(path)) != kShells.end();
}

bool is_windows(const Dockerfile& file) {
  if (file.stages.empty()) return false;
  const Stage& stage = file.stages.back();
  constexpr std::array<std::string_view, 4> kNames = {"windows/", "windowsservercore", "nanoserver", "servercore"};
  return stage.platform.starts_with("windows") ||
         std::ranges::any_of(kNames, [&](std::string_view name) { return stage.image.text.contains(name); });
}

// "#!/usr/bin/env -S bash -e" → is it a shell of ours?
bool shebang_is_posix(std::string_view content) {
  if (!content.starts_with("#!")) return true;
  const std::string_view line = content.substr(2, std::min(content.find('\n'), content.size()) - 2);
  for (const Range word : plain_words(line, {0, line.size()})) {
    const std::string_view text = word.of(line);
    if (base_name(text) == "env" || text.starts_with('-')) continue;
    return is_posix_shell(text);
  }
  return false;
}

void append(shell::Script& to, shell::Script&& from) {
  std::uint32_t next = 0;
  for (const shell::Command& command : to.commands) next = std::max(next, command.pipeline + 1);
  for (shell::Command& command : from.commands) {
    command.pipeline += next;
    to.commands.push_back(std::move(command));
  }
  if (to.complete && !from.complete) {
    to.complete = false;
    to.problem = std::move(from.problem);
    to.problem_span = from.problem_span;
  }
}

// The line's words without the markers: "" for `RUN <<EOF`.
std::vector<std::string_view> words_beside(std::string_view text) {
  std::vector<std::string_view> words;
  for (const Range word : plain_words(text, {0, text.size()})) {
    if (!heredoc_of(word.of(text))) words.push_back(word.of(text));
  }
  return words;
}

// A JSON string as a single-quoted word of a shell: the words of both are then read, and looked into, by one reader.
// The quotes take each other's places; `raw` of the line, with its quotes, means `value`.
void append_item(std::string_view line, Range raw, std::string_view value, std::string& text,
                 std::vector<shell::Anchor>& map) {
  const auto append_byte = [&](std::string_view byte, std::size_t at) {
    shell::append_piece(text, map, byte == "'" ? "'\\''" : byte, at);
  };
  shell::append_piece(text, map, "'", raw.begin);
  std::size_t at = raw.begin + 1;
  for (std::size_t i = 0; i < value.size();) {
    if (line[at] != '\\') {
      append_byte(value.substr(i++, 1), at++);
      continue;
    }
    const bool code = line[at + 1] == 'u';
    const auto lead = static_cast<unsigned char>(value[i]);
    const std::size_t bytes = !code || lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    append_byte(value.substr(i, bytes), at);
    i += bytes;
    at += !code ? 2 : bytes == 4 ? 12 : 6;
  }
  shell::append_piece(text, map, "'", raw.end - 1);
}

class ScriptReader {
 public:
  ScriptReader(Instruction& instruction, const Logical& line, Range heredocs, Context& context)
      : out_(instruction), line_(line), heredocs_(heredocs), context_(context) {}

  void run() {
    if (out_.json_form) return items();
    const Argument& command = out_.arguments.front();
    if (out_.heredocs.empty()) {
      out_.script = shell::read(command.text, anchors(), &context_.lines);
      return;
    }
    const std::vector<std::string_view> beside = words_beside(command.text);
    if (!beside.empty()) out_.script = whole(command);
    const Heredoc& input = out_.heredocs.back();
    if (beside.empty() ? shebang_is_posix(input.content) : reads_script(beside)) add_body(input);
  }

 private:
  // One command without a shell; what it may start itself, ["sh", "-c", "…"], is looked into like anywhere.
  void items() {
    const std::string_view line = line_.text();
    const std::size_t end = trimmed(line, {0, line.size()}).end;
    const JsonForm form = json_form(line, {end - out_.text.size(), end});
    std::string text;
    std::vector<shell::Anchor> map;
    for (std::size_t i = 0; i < std::min(form.items.size(), out_.arguments.size()); ++i) {
      if (i > 0) text += ' ';
      append_item(line, form.ranges[i], form.items[i], text, map);
    }
    out_.script = shell::read(text, shell::compose(map, text.size(), line_.anchors({0, line.size()})), &context_.lines);
  }

  // `bash`, `bash -e`, `sh -s`: the shell's script is its input.
  static bool reads_script(const std::vector<std::string_view>& words) {
    const bool other = std::ranges::any_of(
        words.begin() + 1, words.end(), [](std::string_view word) { return !word.starts_with('-') || word == "-c"; });
    return is_posix_shell(words.front()) && !other;
  }

  std::vector<shell::Anchor> anchors() const { return line_.anchors(argument_range()); }

  Range argument_range() const {
    // The one argument of shell form runs to the end of the line.
    const std::string_view text = line_.text();
    const std::size_t end = trimmed(text, {0, text.size()}).end;
    return {end - out_.arguments.front().text.size(), end};
  }

  // The command with its heredocs, as the shell gets it.
  shell::Script whole(const Argument& command) const {
    std::vector<shell::Anchor> map = anchors();
    std::string text = command.text + "\n";
    map.push_back({static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(heredocs_.begin)});
    text += heredocs_.of(context_.text);
    return shell::read(text, map, &context_.lines);
  }

  void add_body(const Heredoc& heredoc) {
    const std::string_view body = context_.text.substr(heredoc.body.begin, heredoc.body.end - heredoc.body.begin);
    shell::Script script = shell::read(body, {{0, heredoc.body.begin}}, &context_.lines);
    if (out_.script) {
      append(*out_.script, std::move(script));
    } else {
      out_.script = std::move(script);
    }
  }

  Instruction& out_;
  const Logical& line_;
  Range heredocs_;
  Context& context_;
};

}  // namespace

void read_script(Instruction& instruction, const Logical& line, Range heredocs_in_file, const BuildState& state,
                 Context& context) {
  const bool command = instruction.kind == InstructionKind::run || instruction.kind == InstructionKind::cmd ||
                       instruction.kind == InstructionKind::entrypoint ||
                       instruction.kind == InstructionKind::healthcheck;
  const bool run = instruction.kind == InstructionKind::run;
  if (!command || (instruction.json_form && !run) || instruction.arguments.empty()) return;
  const bool default_shell = instruction.json_form || state.shell.empty();
  if (default_shell ? is_windows(context.file) : !is_posix_shell(state.shell.front())) return;
  ScriptReader(instruction, line, heredocs_in_file, context).run();
}

}  // namespace oakum::dockerfile
