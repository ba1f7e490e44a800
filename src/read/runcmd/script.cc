#include "read/runcmd/script.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "read/runcmd/line.h"
#include "read/runcmd/runcmd.h"

namespace oakum::runcmd {

namespace {

// Commands whose words are assignments: `export NAME=value`.
bool declares(std::string_view name) {
  constexpr std::string_view kDeclaring[] = {"declare", "export", "local", "readonly", "typeset"};
  return std::ranges::find(kDeclaring, name) != std::end(kDeclaring);
}

// Programs that take a command in one word, beyond those that the shell reader knows (sh -c, ssh, su).
bool takes_scripts(std::string_view name) {
  constexpr std::string_view kTaking[] = {"bat", "eval", "powershell", "script", "watch"};
  return std::ranges::binary_search(kTaking, name);
}

void learn(Carried& carried, const shell::Command& command) {
  const std::string_view name = command.name();
  Variables& variables = carried.variables;
  if (command.words.empty()) {
    for (const shell::Assignment& assignment : command.assignments) variables.assign(assignment, command.depth);
  } else if (declares(name)) {
    for (const shell::Word& word : command.words) {
      const std::size_t equals = word.text.find('=');
      if (equals == std::string::npos || word.text.starts_with('-')) continue;
      shell::Assignment assignment{.name = word.text.substr(0, equals), .value = word};
      assignment.value.text = word.text.substr(equals + 1);
      assignment.value.span = carried.lines.span(word.span.begin + equals + 1, word.span.end);
      variables.assign(assignment, command.depth);
    }
  } else if (name == "for" || name == "select" || name == "read" || name == "mapfile") {
    for (std::size_t i = 1; i < command.words.size() && command.words[i].text != "in"; ++i) {
      variables.forget(command.words[i].text);
    }
  }
}

// The program may be a variable's value ("$runtime" run): the line that uses it is the place of the whole.
void keep_place(std::vector<shell::Word>& words, const RunLine& run, const shell::Command& command) {
  Span& program = words[run.program].span;
  const Span& first = command.words.front().span;
  if (program.begin < first.begin || program.end > command.words.back().span.end) program = first;
}

// A word that holds a script in simple quotes.
void read_inside(Carried& carried, const shell::Command& command) {
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const shell::Word& word = command.words[i];
    const bool simple = word.span.end - word.span.begin == word.text.size() + 2;
    if (!simple || word.text.find(' ') == std::string::npos || !mentions_run(word.text)) continue;
    const std::vector<shell::Anchor> map = {{0, word.span.begin + 1}};
    const shell::Script inner = shell::read(word.text, map, &carried.lines);
    for (const shell::Command& line : inner.commands) {
      const auto words = carried.variables.expand(line.words, command.depth + line.depth);
      if (const auto found = find_run(words)) read_line(words, *found, carried.source, carried.subjects);
    }
  }
}

}  // namespace

void read_script(Carried& carried, std::string_view text, const std::vector<shell::Anchor>& map, bool tell) {
  const shell::Script script =
      shell::read(text, map, &carried.lines, {.remote = true, .placeholders = carried.placeholders});
  bool any = false;
  for (const shell::Command& command : script.commands) {
    std::vector<shell::Word> words = carried.variables.expand(command.words, command.depth);
    if (const auto found = find_run(words)) {
      any = true;
      keep_place(words, *found, command);
      read_line(words, *found, carried.source, carried.subjects);
    } else if (takes_scripts(command.name())) {
      read_inside(carried, command);
    }
    learn(carried, command);
  }
  if (script.complete || !tell || !(any || mentions_run(text))) return;
  carried.subjects.errors.push_back({ErrorCode::invalid, place(carried.subjects, carried.source, script.problem_span),
                                     script.problem, "what could be read of it was checked"});
}

void read_shell_file(Carried& carried) { read_script(carried, carried.text, {}, true); }

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto begin = static_cast<std::size_t>(rest.data() - text.data());
    lines.push_back({next_line(rest).value_or(std::string_view()), begin});
  }
  return lines;
}

}  // namespace oakum::runcmd
