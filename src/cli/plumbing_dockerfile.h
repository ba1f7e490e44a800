// oakum plumbing dockerfile FILE
#pragma once

#include <string>

namespace oakum::cli {

// FILE may be "-" for stdin. Prints {"stages":[…],"instructions":[…],"errors":[…]} to stdout, offsets in bytes of the
// file, and returns the exit status: kCouldNot when the builder would refuse the file.
int plumbing_dockerfile(const std::string& path);

}  // namespace oakum::cli
