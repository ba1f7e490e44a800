#include <string>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// Answers of its own, or "no" to every question.
std::string answers_of(const shell::Command& command) {
  for (const shell::Redirection& redirection : command.redirections) {
    if (redirection.op == "<" || redirection.op == "0<" || redirection.op.find("<<") != std::string::npos)
      return "what stands behind " + redirection.op;
  }
  for (const char* option : {"--assume-no", "--assumeno", "--trivial-only"}) {
    if (command.has_word(option)) return option;
  }
  return {};
}

Planned plan(const Place& place, const WordAt& at, const Context&) {
  if (const std::string answers = answers_of(*at.command); !answers.empty())
    return refuse("its questions are answered by " + answers + ": -y would say yes to all of them");
  const shell::Word& tool = at.command->words[shell::unwrapped(*at.command)];
  // -n is an option of zypper, not of its commands; with -y not all of them are content.
  if (tool.text.ends_with("zypper")) return answer(word_after(place, tool, "-n"));
  return answer(word_after(place, at.word(), "-y"));
}

}  // namespace

extern constinit const Remedy yes_flag{"yes-flag", at_word<plan>};

}  // namespace oakum::fix::build
