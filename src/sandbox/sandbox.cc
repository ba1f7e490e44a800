#include "sandbox/sandbox.h"

#include <cerrno>
#include <filesystem>

#include <sys/prctl.h>

#include "sandbox/landlock.h"
#include "sandbox/syscalls.h"

namespace oakum::sandbox {

namespace {

// Landlock restricts the thread that asks and those it starts later: others would stay free.
bool alone() {
  std::error_code error;
  std::size_t threads = 0;
  for (std::filesystem::directory_iterator entry("/proc/self/task", error), end; !error && entry != end;
       entry.increment(error)) {
    ++threads;
  }
  return error || threads <= 1;
}

}  // namespace

Result<Confinement> confine(const Policy& policy) {
  if (!alone()) return fail(ErrorCode::internal, "sandbox", "must be entered before other threads start");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail_errno(errno, "sandbox", "set no_new_privs");
  Confinement result;
  result.landlock_abi = landlock_abi();
  if (result.landlock_abi == 0) {
    result.missing.emplace_back("files: this kernel has no Landlock (5.13 or later, and lsm=landlock)");
  } else {
    OAKUM_CHECK(restrict_files(policy.read, policy.write, policy.network));
  }
  if (auto status = restrict_syscalls(policy.network); status) {
    result.seccomp = true;
  } else {
    result.missing.push_back("system calls: " + status.error().message());
  }
  return result;
}

}  // namespace oakum::sandbox
