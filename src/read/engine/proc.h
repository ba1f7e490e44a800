// What the files of /proc and the cgroup file systems say, one kind of file each: proc_pid_status(5),
// user_namespaces(7), proc_pid_mountinfo(5), cgroups(7). Pure functions of text, but for Proc, which opens them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/workload.h"

namespace oakum::engine {

inline constexpr std::uint64_t kProcFileLimit = 4U << 20;

// The fields of /proc/PID/status that KernelFacts has. False when one of them is missing or malformed.
bool read_status(std::string_view text, KernelFacts& facts);
// "Name:" of the same file.
std::string process_name(std::string_view status);

// /proc/PID/uid_map: what a uid outside is inside. nullopt for one that is not mapped.
std::optional<std::uint32_t> uid_inside(std::string_view uid_map, std::uint32_t outside);
bool is_identity(std::string_view uid_map);

// /proc/PID/mountinfo; at most 10,000 lines.
std::vector<KernelFacts::MountPoint> read_mountinfo(std::string_view text);

// Those, and whether the root is read-only.
void read_root(std::string_view mountinfo, KernelFacts& facts);

// A path of /proc/PID/cgroup: of the version 1 controller, or of version 2 for "". nullopt when there is none.
std::optional<std::string> cgroup_path(std::string_view text, std::string_view controller);

// The limits that apply to a process whose /proc/PID/cgroup says `membership`, the least of its cgroup and those above
// it; the file systems are mounted at `root`.
void read_limits(std::string_view membership, const std::string& root, KernelFacts& facts);

// One process's directory.
class Proc {
 public:
  Proc(std::string root, std::string process) : directory_(std::move(root) + "/" + std::move(process)) {}
  Result<std::string> read(const std::string& name) const;
  Result<std::string> link(const std::string& name) const;  // target of a symbolic link

 private:
  std::string directory_;
};

// Command names of processes other than `pid` in the same pid namespace (`pid_namespace`, as its link reads) whose
// effective uid is 0 inside. Looks at 100,000 processes at most.
void read_other_roots(const std::string& proc, int pid, std::string_view pid_namespace, std::string_view uid_map,
                      KernelFacts& facts);

}  // namespace oakum::engine
