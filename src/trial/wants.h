// What the errors of a service ask for, in the words of fix::Needs: a capability, a place to write, a user.
#pragma once

#include "fix/kit/remedy.h"
#include "trial/client.h"
#include "trial/proof.h"
#include "trial/side.h"

namespace oakum::trial {

fix::Needs wants_of(const Client& client, const Running& container, const Observation& seen);

// Of an archive's first header (ustar): "uid:gid" of what it is about; "" when it cannot be told.
std::string owner_of_header(std::string_view header);

// What the container wrote outside of its volumes, as directories that a tmpfs can cover.
std::set<std::string> written_by(const Client& client, const Running& container);

}  // namespace oakum::trial
