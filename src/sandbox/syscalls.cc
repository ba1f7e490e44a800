#include "sandbox/syscalls.h"

#include <cerrno>
#include <memory>
#include <type_traits>

#include <sched.h>
#include <seccomp.h>

namespace oakum::sandbox {

namespace {

// What reading, hashing, inflating and printing take; Landlock decides on which files.
constexpr int kAllowed[] = {
    // memory
    SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise),
    SCMP_SYS(membarrier),
    // files
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(write), SCMP_SYS(writev),
    SCMP_SYS(pwrite64), SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(close), SCMP_SYS(lseek),
    SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(fstatfs),
    SCMP_SYS(statfs), SCMP_SYS(getdents64), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(access),
    SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(getxattr), SCMP_SYS(lgetxattr), SCMP_SYS(fgetxattr),
    SCMP_SYS(fadvise64), SCMP_SYS(dup), SCMP_SYS(fcntl), SCMP_SYS(flock), SCMP_SYS(getcwd),
    // the cache: a temporary file, renamed
    SCMP_SYS(ftruncate), SCMP_SYS(fchmod), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(rename), SCMP_SYS(renameat),
    SCMP_SYS(renameat2), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(umask),
    // threads and signals
    SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(gettid), SCMP_SYS(getpid), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack), SCMP_SYS(tgkill), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(restart_syscall),
    SCMP_SYS(prctl), SCMP_SYS(set_tid_address),
    // time, identity, chance
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
    SCMP_SYS(getegid), SCMP_SYS(getrusage), SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(getrlimit),
    // waiting
    SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(pipe2), SCMP_SYS(eventfd2), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),  // the only form that arm64 has
};

constexpr int kNetwork[] = {
    SCMP_SYS(socket),      SCMP_SYS(socketpair),  SCMP_SYS(connect),    SCMP_SYS(bind),       SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),     SCMP_SYS(sendmmsg),    SCMP_SYS(recvfrom),   SCMP_SYS(recvmsg),    SCMP_SYS(recvmmsg),
    SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(setsockopt), SCMP_SYS(getsockopt), SCMP_SYS(shutdown),
    SCMP_SYS(select),      SCMP_SYS(pselect6),
};

struct ContextDeleter {
  void operator()(void* context) const { seccomp_release(context); }
};

int allow_where(scmp_filter_ctx context, int call, const scmp_arg_cmp& condition) {
  return seccomp_rule_add_array(context, SCMP_ACT_ALLOW, call, 1, &condition);
}

// Threads yes, processes no; clone3 hides its flags behind a pointer, so it answers ENOSYS and libc falls back to
// clone.
int allow_threads(scmp_filter_ctx context) {
  const int rc = allow_where(context, SCMP_SYS(clone), {0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD});
  return rc != 0 ? rc : seccomp_rule_add(context, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

// Terminal width only; no other ioctl, since some change terminals or devices.
int allow_terminal_queries(scmp_filter_ctx context) {
  constexpr scmp_datum_t kTcgets = 0x5401;
  constexpr scmp_datum_t kTiocgwinsz = 0x5413;
  constexpr scmp_datum_t kFionread = 0x541B;
  constexpr scmp_datum_t kFionbio = 0x5421;
  for (const scmp_datum_t request : {kTcgets, kTiocgwinsz, kFionread, kFionbio}) {
    const int rc = allow_where(context, SCMP_SYS(ioctl), {1, SCMP_CMP_EQ, request, 0});
    if (rc != 0) return rc;
  }
  return 0;
}

template <std::size_t N>
int allow_all(scmp_filter_ctx context, const int (&calls)[N]) {
  for (const int call : calls) {
    const int rc = seccomp_rule_add(context, SCMP_ACT_ALLOW, call, 0);
    if (rc != 0) return rc;
  }
  return 0;
}

}  // namespace

Status restrict_syscalls(bool network) {
  const std::unique_ptr<std::remove_pointer_t<scmp_filter_ctx>, ContextDeleter> context(
      seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (context == nullptr) return fail(ErrorCode::internal, "seccomp", "cannot make a filter");
  int rc = seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_TSYNC, 1);
  if (rc == 0) rc = allow_all(context.get(), kAllowed);
  if (rc == 0 && network) rc = allow_all(context.get(), kNetwork);
  if (rc == 0) rc = allow_threads(context.get());
  if (rc == 0) rc = allow_terminal_queries(context.get());
  if (rc == 0) rc = seccomp_load(context.get());
  if (rc != 0) return fail_errno(-rc, "seccomp", "load the filter");
  return {};
}

}  // namespace oakum::sandbox
