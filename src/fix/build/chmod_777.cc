#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

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

Planned plan(const Place& place, const Finding& finding, const Context&) {
  const auto word = word_at(place, finding.origin.span);
  const std::string text = word ? word->word().text : std::string(place.raw(finding.origin.span));
  const std::string_view mode = mode_in(text);
  const auto better = closed(mode);
  if (!better) return refuse("nothing but the right to write for all is given: take it out, or give it to an owner");
  const std::string put_right = text.substr(0, text.size() - mode.size()) + *better;
  if (word) return answer(other_word(place, word->word(), put_right));
  return answer(put(place, finding.origin.span, put_right));
}

}  // namespace

extern constinit const Remedy chmod_777{"chmod-777", at_place<plan>};

}  // namespace oakum::fix::build
