#include <algorithm>
#include <string>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// --install-recommends, -o APT::Install-Recommends=true, aptitude's -r: somebody meant it.
bool wants_them(const shell::Command& command) {
  return std::ranges::any_of(command.words, [](const shell::Word& word) {
    return word.text.starts_with("--install-recommends") || word.text == "--with-recommends" ||
           word.text.find("APT::Install-Recommends") != std::string::npos;
  });
}

Planned plan(const Place& place, const WordAt& at, const Context&) {
  if (wants_them(*at.command))
    return refuse("it asks for recommended packages: name those that are needed, then take that option out");
  const bool aptitude = at.command->words[shell::unwrapped(*at.command)].text.ends_with("aptitude");
  return answer(word_after(place, at.word(), aptitude ? "--without-recommends" : "--no-install-recommends"));
}

}  // namespace

extern constinit const Remedy no_install_recommends{"no-install-recommends", at_word<plan>};

}  // namespace oakum::fix::build
