#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const WordAt& at, const Context&) {
  const shell::Word& tool = at.command->words[shell::unwrapped(*at.command)];
  // -n is an option of zypper, not of its commands; with -y not all of them are content.
  if (tool.text.ends_with("zypper")) return answer(word_after(place, tool, "-n"));
  return answer(word_after(place, at.word(), "-y"));
}

}  // namespace

extern constinit const Remedy yes_flag{"yes-flag", at_word<plan>};

}  // namespace oakum::fix::build
