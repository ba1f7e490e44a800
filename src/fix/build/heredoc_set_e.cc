#include <algorithm>
#include <string_view>

#include "fix/build/list.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

bool mentions_status(std::string_view text) {
  return text.find("$?") != std::string_view::npos || text.find("${?}") != std::string_view::npos;
}

// A script that looks at what failed, or says that it goes on.
bool minds_failures(const Instruction& run) {
  const auto says_so = [](const shell::Command& command) {
    const bool set = command.name() == "set" && (command.has_word("+e") || command.has_word("+o"));
    return set ||
           std::ranges::any_of(command.words, [](const shell::Word& word) { return mentions_status(word.text); });
  };
  return run.script && std::ranges::any_of(run.script->commands, says_so);
}

Planned plan(const Place& place, const Finding&, const Context&) {
  if (place.at->script && !place.at->script->complete)
    return refuse("its script could not be read to the end: " + place.at->script->problem);
  if (minds_failures(*place.at))
    return refuse("the script handles failures itself (set +e, or $?): set -e would end it before it does");
  return answer(prepend_command(place, *place.at, "set -e"));
}

}  // namespace

extern constinit const Remedy heredoc_set_e{"heredoc-set-e", at_place<plan>};

}  // namespace oakum::fix::build
