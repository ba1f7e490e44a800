#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/list.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// What is written to a file or handed over as a setting, and what it says when the check is on.
struct Setting {
  std::string_view off, on;  // lower case
};
constexpr Setting kSettings[] = {
    {"sslverify=false", "true"},           {"sslverify=0", "1"},         {"verify-peer=false", "true"},
    {"verify-peer \"false\"", "\"true\""}, {"strict-ssl=false", "true"},
};
// How much of `off` is its value.
std::size_t value_size(std::string_view off) { return off.size() - off.find_first_of("= ") - 1; }

// The words that the switch at `index` is made of: {first, count}; count 0: it is none that can go alone.
std::pair<std::size_t, std::size_t> switch_at(const shell::Command& command, std::size_t index) {
  const auto& words = command.words;
  const std::string_view text = words[index].text;
  const std::string_view before = index > 0 ? std::string_view(words[index - 1].text) : std::string_view();
  if (text.starts_with("--setopt=") || !text.starts_with('-')) {
    if (text.starts_with("--")) return {index, 1};
    if (before == "-c" || before == "-o" || before == "--setopt") return {index - 1, 2};  // git -c …, apt-get -o …
    return {index, 0};
  }
  return {index, text.starts_with("--") || text == "-k" ? 1U : 0U};
}

// -fsSLk → -fsSL
std::optional<std::string> without_letter(std::string_view text) {
  if (text.size() < 3 || text.front() != '-' || text[1] == '-' || text.find('k') == std::string_view::npos)
    return std::nullopt;
  std::string rest(text);
  rest.erase(rest.find('k', 1), 1);
  return rest;
}

// `echo "sslverify=0" >> file`: the value is turned round where it stands.
Planned turned(const Place& place, const shell::Word& word) {
  const std::string raw = to_lower(place.raw(word.span));
  for (const Setting& row : kSettings) {
    const std::size_t begin = raw.find(row.off);
    if (begin == std::string::npos) continue;
    const std::size_t end = word.span.begin + begin + row.off.size();
    return answer(replace(*place.source, end - value_size(row.off), end, std::string(row.on)));
  }
  return refuse("the switch is a part of something larger: turn the check on by hand");
}

// `npm config set strict-ssl false`: without it the check is on.
bool sets_value(const WordAt& at) {
  return at.index + 1 < at.command->words.size() && at.command->has_word("config") &&
         at.word().text.find('=') == std::string::npos;
}

Planned variable(const Place& place, const Finding& finding) {
  const auto& all = place.at->assignments;
  const auto found =
      std::ranges::find_if(all, [&](const Assignment& a) { return a.span.begin == finding.origin.span.begin; });
  if (found == all.end()) return refuse("no variable stands at this place");
  if (found->value.text.find('$') != std::string::npos)
    return refuse("its value is that of \"" + printable(found->value.text, 80) + "\": change it there");
  if (all.size() == 1) return answer(without(place, *place.outer));
  const bool first = found == all.begin();
  const std::size_t begin = first ? found->span.begin : std::prev(found)->span.end;
  const std::size_t end = first ? std::next(found)->span.begin : found->span.end;
  if (std::string_view(place.source->text).substr(begin, end - begin).find('#') != std::string_view::npos)
    return refuse("a comment stands among the variables: take it out by hand");
  return answer(remove(*place.source, begin, end));
}

// NAME=value in front of a command, or as the word of export or env.
Planned assignment(const Place& place, const Finding& finding) {
  const shell::Command* command = command_at(place, finding.origin.span);
  if (command == nullptr || command->words.empty() || command->assignments.size() != 1)
    return refuse("it is set among others: take it out by hand");
  return answer(remove(*place.source, command->span.begin, command->words.front().span.begin));
}

// All of them: pip may be told of several hosts.
Planned trusted_hosts(const Place& place, const shell::Command& command) {
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < command.words.size(); ++i) {
    if (!command.words[i].text.starts_with("--trusted-host")) continue;
    edits.push_back(without_words(place, command, i, command.words[i].text == "--trusted-host" ? 2 : 1));
  }
  return answer(std::move(edits));
}

Planned word(const Place& place, const WordAt& at) {
  const std::string& text = at.word().text;
  if (text.starts_with("--trusted-host")) return trusted_hosts(place, *at.command);
  const bool curl = at.command->words[shell::unwrapped(*at.command)].text.ends_with("curl");
  if (const auto rest = curl ? without_letter(text) : std::nullopt) return answer(other_word(place, at.word(), *rest));
  if (sets_value(at)) return answer(without_command(place, *place.at, *at.command));
  const bool is_set = text.find('=') != std::string::npos && !text.starts_with('-');
  if (is_set && at.command->name() == "export" && at.command->words.size() == 2)
    return answer(without_command(place, *place.at, *at.command));
  if (is_set && (at.command->name() == "export" || at.index < shell::unwrapped(*at.command)))
    return answer(without_word(place, *at.command, at.index));
  const auto [first, count] = switch_at(*at.command, at.index);
  if (count == 0) return turned(place, at.word());
  return answer(without_words(place, *at.command, first, count));
}

// Only the switch goes. What it hid, a certificate that is missing, has to be put there by people.
Planned plan(const Place& place, const Finding& finding, const Context&) {
  Planned result = refuse({});
  if (place.at->kind != InstructionKind::run) {
    result = variable(place, finding);
  } else if (const auto at = word_at(place, finding.origin.span)) {
    result = word(place, *at);
  } else {
    result = assignment(place, finding);
  }
  if (result) result->note = "if the build fails now, give it the certificate authority that is missing";
  return result;
}

}  // namespace

extern constinit const Remedy tls_verify_off{"tls-verify-off", at_place<plan>};

}  // namespace oakum::fix::build
