#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const WordAt& at, const Context&) {
  return answer(word_after(place, at.command->words[shell::unwrapped(*at.command)], "-l"));
}

}  // namespace

extern constinit const Remedy useradd_l{"useradd-l", at_word<plan>};

}  // namespace oakum::fix::build
