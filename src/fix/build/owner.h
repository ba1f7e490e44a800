// Whom an image can run as, other than root.
#pragma once

#include <cstddef>
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

// How many of the ways to close this finding are to be passed over: Options::passed_over.
std::size_t passed_over(const Finding& finding, const Context& context);

}  // namespace oakum::fix::build
