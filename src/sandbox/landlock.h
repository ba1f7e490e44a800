// Landlock (Linux 5.13+, Documentation/userspace-api/landlock.rst): which files this process may touch.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace oakum::sandbox {

// The ABI version of the running kernel; 0 when it has no Landlock or it is switched off.
int landlock_abi();

// Restricts the calling thread and those it starts. Paths that do not exist are passed over: what is not there cannot
// be read. Without `network`, TCP bind and connect are refused too where the kernel can (ABI 4).
Status restrict_files(const std::vector<std::string>& read, const std::vector<std::string>& write, bool network);

}  // namespace oakum::sandbox
