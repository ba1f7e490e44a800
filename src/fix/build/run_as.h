// An image that runs as a user of its own: which one, and what has to be made and to belong to it.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/kit/remedy.h"

namespace oakum::fix::build {

// Whom the shipped stage can run as.
struct Owner {
  std::string user;                   // for USER: a number, or "uid:gid"
  std::string files;                  // "uid:gid" for --chown
  std::vector<std::string> commands;  // of a RUN before it, as root
  std::vector<Edit> edits;            // what else makes the account
  std::string note;
};

// What was found in trial runs, an account that the Dockerfile makes, that of a well-known image, one that is in the
// base, else a new one. Refused where the program has to start as root.
std::expected<Owner, Refusal> choose_owner(const Place& stage, const Finding& finding, const Context& context);

// All edits after which the shipped stage runs as another user than root. `stage`: a place in it. With `replaced`, a
// USER right at the end, that one goes for it.
Planned run_as_owner(const Place& stage, const Finding& finding, const Context& context,
                     const Instruction* replaced = nullptr);

// The shipped stage's FROM.
std::expected<Place, Refusal> shipped_place(const Place& place);

}  // namespace oakum::fix::build
