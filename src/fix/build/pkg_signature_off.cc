#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

struct Setting {
  std::string_view off, on;
};
constexpr Setting kSettings[] = {
    {"AllowUnauthenticated=true", "AllowUnauthenticated=false"},
    {"AllowUnauthenticated=1", "AllowUnauthenticated=0"},
    {"AllowInsecureRepositories=true", "AllowInsecureRepositories=false"},
    {"gpgcheck=0", "gpgcheck=1"},
    {"gpgcheck=false", "gpgcheck=true"},
    {"[trusted=yes] ", ""},
    {" trusted=yes]", "]"},
    {"[trusted=yes ", "["},
};

bool says_yes(const shell::Command& command) {
  constexpr std::array<std::string_view, 5> kYes = {"-y", "--yes", "--assume-yes", "-qq", "-yq"};
  return std::ranges::any_of(kYes, [&](std::string_view word) { return command.has_word(word); });
}

// What is written to a file says the opposite afterwards.
Planned turned(const Place& place, const shell::Word& word) {
  const std::string_view raw = place.raw(word.span);
  for (const Setting& row : kSettings) {
    const std::size_t begin = raw.find(row.off);
    if (begin == std::string_view::npos) continue;
    const std::size_t at = word.span.begin + begin;
    return answer(replace(*place.source, at, at + row.off.size(), std::string(row.on)));
  }
  return refuse("the setting is a part of something larger: turn the check on by hand");
}

Planned edit(const Place& place, const WordAt& at) {
  const std::string_view text = at.word().text;
  // It also answered the questions.
  if (text == "--force-yes" && !says_yes(*at.command)) return answer(other_word(place, at.word(), "-y"));
  if (text.starts_with("--")) return answer(without_word(place, *at.command, at.index));
  if (text.starts_with("-o") && text.find('=') != std::string_view::npos)
    return answer(without_word(place, *at.command, at.index));
  const std::string_view before =
      at.index > 0 ? std::string_view(at.command->words[at.index - 1].text) : std::string_view();
  if (before == "-o" || before == "--option" || before == "--setopt")
    return answer(without_words(place, *at.command, at.index - 1, 2));
  return turned(place, at.word());
}

Planned plan(const Place& place, const WordAt& at, const Context&) {
  Planned result = edit(place, at);
  if (result) result->note = "install the repository's key first, if it is not there";
  return result;
}

}  // namespace

extern constinit const Remedy pkg_signature_off{"pkg-signature-off", at_word<plan>};

}  // namespace oakum::fix::build
