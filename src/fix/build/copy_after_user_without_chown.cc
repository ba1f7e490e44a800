#include <string>

#include "base/text.h"
#include "fix/build/accounts.h"
#include "fix/build/chain.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// The USER that holds at the place: the last one before it in the stages it is built on.
const Instruction* user_before(const Place& place) {
  const Instruction* last = nullptr;
  if (place.stage == nullptr) return last;
  for (const Instruction* step : steps_of(*place.file, *place.stage)) {
    if (step->kind == InstructionKind::user && step->span.begin < place.outer->span.begin) last = step;
  }
  return last;
}

// Builders look names up in the files that are there: on scratch, and in the layer of its own that --link makes, none
// are.
bool has_no_names(const Place& place) {
  return place.at->flag("link") != nullptr ||
         (place.stage != nullptr && root_of(*place.file, *place.stage)->image.text == "scratch");
}

Planned plan(const Place& place, const Finding&, const Context&) {
  const auto& user = place.at->before.user;
  if (!user || user->find_first_of(" \t\"'$") != std::string::npos)
    return refuse("whom to give the files is not known");
  const Instruction* stated = user_before(place);
  if (stated != nullptr && stated->text.find('$') != std::string::npos)
    return refuse("USER is the variable \"" + printable(stated->text, 60) +
                  "\": give --chown the same, where it is declared in this stage");
  if (!is_number(user->substr(0, user->find(':'))) && has_no_names(place))
    return refuse("there are no names of users to look \"" + printable(*user, 60) +
                  "\" up in: write its number in USER, and --chown with it");
  // A number without its group would get the group of the same number; said, it is no surprise.
  const std::string owner = is_number(*user) ? with_group(*user) : *user;
  return answer(put_after(place, place.at->name_span, " --chown=" + owner));
}

}  // namespace

extern constinit const Remedy copy_after_user_without_chown{"copy-after-user-without-chown", at_place<plan>};

}  // namespace oakum::fix::build
