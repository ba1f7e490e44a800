// oakum plumbing packages PATH
#pragma once

#include <string>

namespace oakum::cli {

// PATH is a root file system or one database file. Prints {"packages":[…],"errors":[…]} to stdout and returns the exit
// status: kCouldNot when anything could not be read.
int plumbing_packages(const std::string& path);

}  // namespace oakum::cli
