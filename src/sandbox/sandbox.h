// Confinement of this process before it parses untrusted bytes: Landlock for files, seccomp for system calls.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace oakum::sandbox {

struct Policy {
  std::vector<std::string> read;   // files and directories that may be read (below them too)
  std::vector<std::string> write;  // directories in which files may be made, written, renamed (the cache)
  bool network = false;            // sockets stay usable (registries, daemons)
};

// What is in force after confine(); a kernel without one of the two is told, not hidden.
struct Confinement {
  int landlock_abi = 0;  // 0: the kernel has none
  bool seccomp = false;
  std::vector<std::string> missing;  // what could not be confined, and why
};

// Confines the process, for good; to be called while it has one thread (an error otherwise). Also sets no_new_privs.
// System calls that were not foreseen fail with EPERM; execve, fork and ptrace are among them in any case.
Result<Confinement> confine(const Policy& policy);

}  // namespace oakum::sandbox
