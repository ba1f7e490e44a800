// seccomp(2): which system calls this process may make once it parses untrusted bytes.
#pragma once

#include "base/error.h"

namespace oakum::sandbox {

// An allow-list; every other call fails with EPERM. Holds for all threads of the process, for good.
Status restrict_syscalls(bool network);

}  // namespace oakum::sandbox
