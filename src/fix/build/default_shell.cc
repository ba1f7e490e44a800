#include <algorithm>
#include <string>
#include <string_view>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_shell(std::string_view name) { return name == "ash" || name == "bash" || name == "ksh" || name == "zsh"; }

// The other shell, with its path.
const shell::Word* linked_shell(const shell::Command& command) {
  const auto found = std::ranges::find_if(
      command.words, [](const shell::Word& word) { return is_shell(base_name(word.text)) && !word.expands; });
  return found == command.words.end() ? nullptr : &*found;
}

// `rm /bin/sh`, as it stands before the link.
bool clears_the_way(const shell::Command& command) {
  return (command.name() == "rm" || command.name() == "mv") && command.words.size() > 1 &&
         command.words[command.name() == "rm" ? command.words.size() - 1 : 1].text == "/bin/sh";
}

// A RUN that does nothing but link becomes SHELL.
Planned plan(const Place& place, const WordAt& at, const Context&) {
  const shell::Word* shell = linked_shell(*at.command);
  const bool alone = std::ranges::all_of(place.at->script->commands, [&](const shell::Command& command) {
    return &command == at.command || clears_the_way(command);
  });
  if (shell == nullptr || !alone || place.outer != place.at || !place.at->heredocs.empty())
    return refuse("the RUN does more than to link a shell: split it, and write SHELL for the link by hand");
  const std::string path = shell->text.starts_with('/') ? shell->text : "/bin/" + shell->text;
  const std::string set = place.at->spelling == "run" ? "shell " : "SHELL ";
  return answer(put(place, place.at->span, set + json_array({path, "-c"})));
}

}  // namespace

extern constinit const Remedy default_shell{"default-shell", at_word<plan>};

}  // namespace oakum::fix::build
