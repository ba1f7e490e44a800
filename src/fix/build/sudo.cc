#include <cstddef>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "fix/build/base.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// Options that mean nothing for root, in front of the command.
bool says_nothing(std::string_view option) {
  return option.size() > 1 && option.front() == '-' && option.find_first_not_of("EHSn", 1) == std::string_view::npos;
}

Planned plan(const Place& place, const WordAt& at, const Context& context) {
  const auto& words = at.command->words;
  std::size_t next = at.index + 1;
  while (next < words.size() && (says_nothing(words[next].text) || words[next].text == "--")) ++next;
  if (next >= words.size()) return refuse("sudo is not told what to run: take it out by hand");
  if (words[next].text.starts_with('-'))
    return refuse("sudo changes to another user with \"" + printable(words[next].text, 40) +
                  "\": write USER before the RUN by hand");
  const std::optional<bool> root = root_before(place, context);
  if (!root) return refuse("whether the base image runs as root is not known: pull it, or take sudo out by hand");
  if (!*root) return refuse("this RUN is not root's: move it before the USER instruction, then take sudo out");
  return answer(without_words(place, *at.command, at.index, next - at.index));
}

}  // namespace

extern constinit const Remedy sudo{"sudo", at_word<plan>};

}  // namespace oakum::fix::build
