#include <algorithm>
#include <string>
#include <string_view>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

std::string number_of(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  if (name == "nobody") return "65534:65534";
  return name == "root" ? "0:0" : "65532:65532";
}

Planned plan(const Place& place, const Finding& finding, const Context&) {
  for (const InstructionFlag& flag : place.at->flags) {
    if (flag.span == finding.origin.span) return answer(put(place, flag.span, "--chown=" + number_of(flag.value)));
  }
  if (place.at->kind != InstructionKind::user || place.at->arguments.empty()) return refuse("no user stands here");
  const Argument& user = place.at->arguments.front();
  return answer(put(place, user.span, number_of(user.value)));
}

}  // namespace

extern constinit const Remedy user_in_passwdless_base{"user-in-passwdless-base", at_place<plan>};

}  // namespace oakum::fix::build
