#include <algorithm>
#include <string>
#include <string_view>

#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/kit/answer.h"

namespace oakum::fix::build {

namespace {

std::string number_of(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  if (name == "nobody") return "65534:65534";
  return name == "root" ? "0:0" : "65532:65532";
}

Refusal variable(std::string_view text) {
  return {quoted(text) + " is a variable: give it a number where it gets its value"};
}

Planned plan(const Place& place, const Finding& finding, const Context&) {
  for (const InstructionFlag& flag : place.at->flags) {
    if (flag.span != finding.origin.span) continue;
    if (place.raw(flag.span).find('$') != std::string_view::npos)
      return std::unexpected(variable(place.raw(flag.span)));
    return answer(put(place, flag.span, "--chown=" + number_of(flag.value)));
  }
  if (place.at->kind != InstructionKind::user || place.at->arguments.empty()) return refuse("no user stands here");
  const Argument& user = place.at->arguments.front();
  if (user.text.find('$') != std::string::npos) return std::unexpected(variable(user.text));
  return answer(put(place, user.span, number_of(user.value)));
}

}  // namespace

extern constinit const Remedy user_in_passwdless_base{"user-in-passwdless-base", at_place<plan>};

}  // namespace oakum::fix::build
