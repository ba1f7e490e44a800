#include <algorithm>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/build/accounts.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/kit/answer.h"
#include "model/platform_defaults.h"

namespace oakum::fix::build {

namespace {

constexpr std::string_view kDigits = "01234567";

// "0777" → "0775": the rest of what it grants stays.
std::string closed_octal(std::string_view mode) {
  std::string closed(mode);
  closed.back() = kDigits[static_cast<std::size_t>(closed.back() - '0') & 5U];
  return closed;
}

// "a+rwx" → "a+rx,ug+w"; "o+rw" → "o+r"; nullopt when nothing would be left.
std::optional<std::string> closed_clause(std::string_view clause) {
  const std::size_t sign = clause.find_first_of("+=");
  if (sign == std::string_view::npos) return std::string(clause);
  const std::string_view who = clause.substr(0, sign);
  std::string rights(clause.substr(sign + 1));
  if (who.find_first_of("oa") == std::string_view::npos || rights.find('w') == std::string::npos)
    return std::string(clause);
  std::erase(rights, 'w');
  std::string keep;  // who may still write
  if (who.find_first_of("ua") != std::string_view::npos) keep += 'u';
  if (who.find_first_of("ga") != std::string_view::npos) keep += 'g';
  std::string closed;
  if (!rights.empty() || clause[sign] == '=') closed = std::string(who) + clause[sign] + rights;
  if (!keep.empty()) closed += (closed.empty() ? "" : ",") + keep + "+w";
  return closed.empty() ? std::nullopt : std::optional(closed);
}

std::optional<std::string> closed(std::string_view mode) {
  if (!mode.empty() && mode.find_first_not_of(kDigits) == std::string_view::npos) return closed_octal(mode);
  std::string all;
  for (const std::string_view clause : split(mode, ',')) {
    const auto one = closed_clause(clause);
    if (one) all += (all.empty() ? "" : ",") + *one;
  }
  return all.empty() ? std::nullopt : std::optional(all);
}

// The mode is the end of what stands there: 777, -m777, --mode=777, --chmod=777.
std::string_view mode_in(std::string_view text) {
  if (text.starts_with("--")) return text.substr(std::min(text.find('='), text.size() - 1) + 1);
  return text.starts_with("-m") ? text.substr(2) : text;
}

// The user that the image's program runs as, where the stage chooses one and this RUN is root's yet; "" else.
std::string later_user(const Place& place) {
  const bool root = !place.at->before.user || is_root_user(*place.at->before.user);
  if (!root || place.stage == nullptr || !place.stage->end.user || is_root_user(*place.stage->end.user)) return {};
  return place.stage->end.user->substr(0, place.stage->end.user->find(':'));
}

bool is_known_there(const Place& place, const std::string& user, const shell::Command& command,
                    const Context& context) {
  if (is_number(user) || known_account(place, *place.stage, user, context)) return true;
  const auto made = made_account(place, *place.stage, user);
  return made && made->command->span.begin < command.span.begin;
}

// All may write there for want of an owner: the later user becomes it, or could not write any more.
std::expected<std::optional<Edit>, Refusal> for_later_user(const Place& place, const WordAt& mode,
                                                           const Context& context) {
  const shell::Command& command = *mode.command;
  const std::string user = later_user(place);
  const auto& all = place.at->script->commands;
  const bool has_owner =
      std::ranges::any_of(all, [](const shell::Command& other) { return other.name() == "chown"; }) ||
      command.has_word("-o");
  if (user.empty() || has_owner) return std::nullopt;
  const bool stands_alone =
      command.joint != shell::Joint::or_else && command.joint != shell::Joint::pipe && !command.negated;
  if (command.name() != "chmod" || shell::unwrapped(command) != 0 || !stands_alone ||
      mode.index + 1 >= command.words.size() || !is_known_there(place, user, command, context))
    return refuse(quoted(user) +
                  " may have to write there: give it to that user with chown, and take the right from all others");
  std::string text = "chown ";
  const auto is_deep = [](const shell::Word& word) { return word.text == "-R" || word.text == "--recursive"; };
  if (std::ranges::any_of(command.words, is_deep)) text += "-R ";
  text += user;
  for (std::size_t i = mode.index + 1; i < command.words.size(); ++i) {
    const std::string_view raw = place.raw(command.words[i].span);
    if (raw.find_first_of("\n\\") != std::string_view::npos)
      return refuse("the paths go on in the next line: give them to " + quoted(user) + " with chown by hand");
    text.append(" ").append(raw);
  }
  return put_before(place, command.words.front().span, text + " && ");
}

Planned plan(const Place& place, const Finding& finding, const Context& context) {
  const auto word = word_at(place, finding.origin.span);
  const std::string text = word ? word->word().text : std::string(place.raw(finding.origin.span));
  const std::string_view mode = mode_in(text);
  const auto better = closed(mode);
  if (!better) return refuse("nothing but the right to write for all is given: take it out, or give it to an owner");
  const std::string put_right = text.substr(0, text.size() - mode.size()) + *better;
  if (word && place.at->script && !place.at->json_form) {
    auto owner = for_later_user(place, *word, context);
    if (!owner) return std::unexpected(std::move(owner.error()));
    auto mode_edit = other_word(place, word->word(), put_right);
    if (!*owner || !mode_edit) return answer(std::move(mode_edit));
    return answer({std::move(**owner), std::move(*mode_edit)}, "its user owns what all could write before");
  }
  if (word) return answer(other_word(place, word->word(), put_right));
  return answer(put(place, finding.origin.span, put_right));
}

}  // namespace

extern constinit const Remedy chmod_777{"chmod-777", at_place<plan>};

}  // namespace oakum::fix::build
