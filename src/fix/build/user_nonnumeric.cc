#include <optional>

#include "fix/build/accounts.h"
#include "fix/build/base.h"
#include "fix/build/chain.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

constexpr std::string_view kOwnNumber = "65532";

// The group as it was written, as a number where that is known.
std::string number_of_group(const Place& place, std::string_view group, const MadeAccount* account) {
  if (account != nullptr && account->group.empty() && group == account->name) group = {};
  if (group.empty()) return {};
  return ":" + group_number(place, *place.stage, group).value_or(std::string(group));
}

Planned plan(const Place& place, const Finding&, const Context& context) {
  if (place.stage == nullptr || place.at->arguments.empty()) return refuse("USER names nobody");
  const Argument& written = place.at->arguments.front();
  if (!is_plain(place, written))
    return refuse("the name is put together from several parts: write the number of the user by hand");
  const std::string name = written.value.substr(0, written.value.find(':'));
  const std::string group = written.value.substr(std::min(name.size() + 1, written.value.size()));
  if (const auto account = made_account(place, *place.stage, name)) {
    const std::string uid = account->uid.empty() ? std::string(kOwnNumber) : account->uid;
    std::vector<Edit> edits;
    if (account->uid.empty()) edits.push_back(with_uid(*account, uid, family_of(place, context), place));
    edits.push_back(put(place, written.span, uid + number_of_group(place, group, &*account)));
    return answer(std::move(edits));
  }
  const auto known = known_account(place, *place.stage, name, context);
  if (!known)
    return refuse("which number \"" + name +
                  "\" has is not known here: pull the base image, or write the number that `id " + name +
                  "` says in it");
  if (group.empty() || group == name) return answer(put(place, written.span, *known));
  return answer(put(place, written.span, known->substr(0, known->find(':')) + number_of_group(place, group, nullptr)));
}

}  // namespace

extern constinit const Remedy user_nonnumeric{"user-nonnumeric", at_place<plan>};

}  // namespace oakum::fix::build
