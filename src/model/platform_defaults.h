// What an engine does with what is not stated. Docker 28, Podman 4/5, Kubernetes 1.3x, runc; sources in the .cc.
#pragma once

#include <optional>
#include <string>

#include "model/capabilities.h"
#include "model/workload.h"

namespace oakum {

// Capabilities a container gets when nothing is added or dropped (Docker 14, Podman 11, the runtime's for Kubernetes).
CapabilityMask default_capabilities(Engine engine);

// The bounding set that the statements ask for: default, minus dropped, plus added; all for a privileged one.
// Order as the engines: `ALL` in either list first, then single names; an added name wins over a dropped ALL.
CapabilityMask effective_capabilities(const Workload& workload);

// May a process gain privileges over its parent? Unset means yes; privileged and SYS_ADMIN make Kubernetes' "false"
// ineffective.
bool effective_no_new_privileges(const Workload& workload);

enum class Confinement : std::uint8_t { none, engine_default, custom, not_known };
Confinement effective_seccomp(const Workload& workload);
Confinement effective_apparmor(const Workload& workload);

bool effective_privileged(const Workload& workload);
bool effective_read_only(const Workload& workload);

// The uid (name or number) the first process gets by these statements alone; nullopt when only the image knows.
std::optional<std::string> stated_user(const Workload& workload);

// True for "0", "root", and numbers equal to 0 ("00"); false for other names and numbers; `user` may be "user:group".
bool is_root_user(std::string_view user);

// Bytes; nullopt: unlimited.
std::optional<std::int64_t> effective_memory(const Workload& workload);
std::optional<std::int64_t> effective_pids(const Workload& workload);
std::optional<double> effective_cpus(const Workload& workload);

}  // namespace oakum
