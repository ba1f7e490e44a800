#include "fix/build/accounts.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding&, const Context&) {
  const auto& user = place.at->before.user;
  if (!user || user->find_first_of(" \t\"'$") != std::string::npos)
    return refuse("whom to give the files is not known");
  // A number without its group would get the group of the same number; said, it is no surprise.
  const std::string owner = is_number(*user) ? with_group(*user) : *user;
  return answer(put_after(place, place.at->name_span, " --chown=" + owner));
}

}  // namespace

extern constinit const Remedy copy_after_user_without_chown{"copy-after-user-without-chown", at_place<plan>};

}  // namespace oakum::fix::build
