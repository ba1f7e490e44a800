#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const WordAt& at, const Context&) {
  const bool aptitude = at.command->words[shell::unwrapped(*at.command)].text.ends_with("aptitude");
  return answer(word_after(place, at.word(), aptitude ? "--without-recommends" : "--no-install-recommends"));
}

}  // namespace

extern constinit const Remedy no_install_recommends{"no-install-recommends", at_word<plan>};

}  // namespace oakum::fix::build
