#include "fix/build/accounts.h"
#include "fix/build/place.h"
#include "fix/build/run_as.h"

namespace oakum::fix::build {

namespace {

Planned plan(const Place& place, const Finding& finding, const Context& context) {
  const auto stage = shipped_place(place);
  if (!stage) return std::unexpected(stage.error());
  const auto account = made_account(*stage, *stage->stage);
  if (account && account->among_others)
    return refuse("several accounts are made, and which of them is to run it is not known: write USER with its number");
  return run_as_owner(*stage, finding, context);
}

}  // namespace

extern constinit const Remedy user_created_unused{"user-created-unused", at_place<plan>};

}  // namespace oakum::fix::build
