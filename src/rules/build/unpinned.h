// Which packages of an install have no version, by the way each manager writes one.
#pragma once

#include <vector>

#include "rules/build/packages.h"

namespace oakum::rules {

// The operands that name a package without a version. Left out: what a variable holds (it may hold the version), files,
// addresses with a revision, and everything when the versions come from a file of requirements or constraints.
std::vector<const shell::Word*> unpinned(const PackageCommand& call);

}  // namespace oakum::rules
