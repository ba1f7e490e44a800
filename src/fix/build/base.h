// What a stage starts from, as far as a fix has to know: from the image's own facts where it is here, else from what is
// known of official images.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fix/build/place.h"
#include "fix/kit/remedy.h"

namespace oakum::fix::build {

enum class Family : std::uint8_t {
  unknown,
  alpine,   // also busybox: its shell is ash, its wget and adduser are small
  debian,   // also Ubuntu: /bin/sh is dash, which has no pipefail; bash is there
  red_hat,  // Fedora and what is built on it, SUSE, Arch: /bin/sh is bash
};

// Of the stage's chain. An official image in an Alpine variant (python:3.12-alpine) is alpine.
Family family_of(const Place& place, const Context& context);

// The directory in force before the instruction: its WORKDIR, else the base image's own. nullopt: not known.
std::optional<std::string> workdir_before(const Place& place, const Context& context);

// Is the user in force before the instruction root? nullopt: not known.
std::optional<bool> root_before(const Place& place, const Context& context);

}  // namespace oakum::fix::build
