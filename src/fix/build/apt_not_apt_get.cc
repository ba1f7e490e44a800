#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

constexpr std::string_view kCache[] = {"depends", "policy", "rdepends", "search", "show", "showsrc"};
constexpr std::string_view kGet[] = {"autoclean",    "autopurge", "autoremove",   "build-dep", "clean",
                                     "dist-upgrade", "download",  "full-upgrade", "install",   "purge",
                                     "reinstall",    "remove",    "satisfy",      "source",    "update"};

// The first operand: what apt is asked to do.
const shell::Word* subcommand_of(const WordAt& at) {
  constexpr std::string_view kValued = "otca";  // letters whose value is the next word
  const auto& words = at.command->words;
  for (std::size_t i = at.index + 1; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    if (!word.starts_with('-')) return &words[i];
    if (word.size() == 2 && kValued.find(word[1]) != std::string_view::npos) ++i;
  }
  return nullptr;
}

Planned plan(const Place& place, const WordAt& at, const Context&) {
  const shell::Word* subcommand = subcommand_of(at);
  if (subcommand == nullptr) return refuse("apt is not told what to do: call apt-get or apt-cache by hand");
  const auto is_one_of = [&](const auto& list) { return std::ranges::find(list, subcommand->text) != std::end(list); };
  const std::string directory = at.word().text.substr(0, at.word().text.rfind('/') + 1);
  if (is_one_of(kCache)) return answer(other_word(place, at.word(), directory + "apt-cache"));
  const bool upgrade = subcommand->text == "upgrade";  // apt's also installs what the new versions need
  if (!upgrade && !is_one_of(kGet))
    return refuse("apt-get has no \"" + printable(subcommand->text, 40) + "\": look for another way by hand");
  auto renamed = other_word(place, at.word(), directory + "apt-get");
  if (!renamed || !upgrade) return answer(std::move(renamed));
  return answer({std::move(*renamed), word_after(place, *subcommand, "--with-new-pkgs")});
}

}  // namespace

extern constinit const Remedy apt_not_apt_get{"apt-not-apt-get", at_word<plan>};

}  // namespace oakum::fix::build
