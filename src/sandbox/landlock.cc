#include "sandbox/landlock.h"

#include <cerrno>
#include <cstdint>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fd.h"

namespace oakum::sandbox {

namespace {

// From linux/landlock.h of the newest ABI used here: the distribution's headers are older than the kernels we run on.
enum Access : std::uint64_t {
  kExecute = 1U << 0,
  kWriteFile = 1U << 1,
  kReadFile = 1U << 2,
  kReadDir = 1U << 3,
  kRemoveDir = 1U << 4,
  kRemoveFile = 1U << 5,
  kMakeChar = 1U << 6,
  kMakeDir = 1U << 7,
  kMakeReg = 1U << 8,
  kMakeSock = 1U << 9,
  kMakeFifo = 1U << 10,
  kMakeBlock = 1U << 11,
  kMakeSym = 1U << 12,
  kRefer = 1U << 13,     // ABI 2
  kTruncate = 1U << 14,  // ABI 3
  kIoctlDev = 1U << 15,  // ABI 5
};
constexpr std::uint64_t kBindTcp = 1U << 0;  // ABI 4
constexpr std::uint64_t kConnectTcp = 1U << 1;

struct RulesetAttributes {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;  // ABI 4; older kernels take the shorter structure
};
struct [[gnu::packed]] PathBeneath {
  std::uint64_t allowed_access;
  std::int32_t parent_fd;
};
constexpr int kRulePathBeneath = 1;
constexpr unsigned kCreateRulesetVersion = 1;

constexpr std::uint64_t kReadAccess = kReadFile | kReadDir;
constexpr std::uint64_t kWriteAccess =
    kReadAccess | kWriteFile | kRemoveDir | kRemoveFile | kMakeDir | kMakeReg | kRefer | kTruncate;
constexpr std::uint64_t kOnFiles = kExecute | kWriteFile | kReadFile | kTruncate | kIoctlDev;

std::uint64_t handled_by(int abi) {
  std::uint64_t handled = (kMakeSym << 1U) - 1;  // ABI 1: every access up to MAKE_SYM
  if (abi >= 2) handled |= kRefer;
  if (abi >= 3) handled |= kTruncate;
  if (abi >= 5) handled |= kIoctlDev;
  return handled;
}

Status allow(const Fd& ruleset, const std::string& path, std::uint64_t access) {
  auto fd = open_file(path, O_PATH);
  if (!fd) return fd.error().code == ErrorCode::not_found ? Status() : std::unexpected(std::move(fd.error()));
  struct stat status{};
  if (::fstat(fd->get(), &status) != 0) return fail_errno(errno, path, "stat");
  const PathBeneath rule{S_ISDIR(status.st_mode) ? access : access & kOnFiles, fd->get()};
  if (::syscall(SYS_landlock_add_rule, ruleset.get(), kRulePathBeneath, &rule, 0) != 0) {
    return fail_errno(errno, path, "add it to the Landlock ruleset");
  }
  return {};
}

}  // namespace

int landlock_abi() {
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, kCreateRulesetVersion);
  return abi > 0 ? static_cast<int>(abi) : 0;
}

Status restrict_files(const std::vector<std::string>& read, const std::vector<std::string>& write, bool network) {
  const int abi = landlock_abi();
  const std::uint64_t handled = handled_by(abi);
  const RulesetAttributes attributes{handled, network ? 0 : kBindTcp | kConnectTcp};
  const std::size_t size = abi >= 4 ? sizeof attributes : sizeof attributes.handled_access_fs;
  const Fd ruleset(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
  if (!ruleset) return fail_errno(errno, "landlock", "create a ruleset");
  for (const std::string& path : read) OAKUM_CHECK(allow(ruleset, path, kReadAccess & handled));
  for (const std::string& path : write) OAKUM_CHECK(allow(ruleset, path, kWriteAccess & handled));
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0)
    return fail_errno(errno, "landlock", "restrict this process");
  return {};
}

}  // namespace oakum::sandbox
