// Accounts: those that a Dockerfile makes, those that images are known to have, and making one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fix/build/base.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

// `useradd app`, `adduser -D -u 1000 app` in a RUN.
struct MadeAccount {
  const Instruction* run = nullptr;
  const shell::Command* command = nullptr;
  std::size_t program = 0;  // index of useradd or adduser in command->words
  std::string name;
  std::string uid;            // "" not said, or not known before it runs
  std::string group;          // as said: a name or a number; "" not said
  bool among_others = false;  // accounts of other names are made, too
};

// The last one that the stage's chain makes; with `name`, the last of that name.
std::optional<MadeAccount> made_account(const Place& place, const Stage& stage, std::string_view name = {});

// May a RUN of the stage's chain make an account or a group of that name? A name that is a variable may be any.
bool may_make(const Place& place, const Stage& stage, std::string_view name);

// The number that groupadd or addgroup gives that group; a number is itself. nullopt: not known.
std::optional<std::string> group_number(const Place& place, const Stage& stage, std::string_view group);

// "uid" or "uid:gid" that the image has for the name: by its own passwd, or because it is a well-known one.
std::optional<std::string> known_account(const Place& place, const Stage& stage, std::string_view name,
                                         const Context& context);

// The account gets the number: `-u 65532` behind useradd.
Edit with_uid(const MadeAccount& account, std::string_view uid, Family family, const Place& place);

// Commands that make group and user "app" of this number; "" where the base is not known to have what it takes.
std::string making_account(Family family, std::string_view uid);

// "1000" → "1000:1000"; what has a group stays.
std::string with_group(std::string_view user);
bool is_number(std::string_view text);

}  // namespace oakum::fix::build
