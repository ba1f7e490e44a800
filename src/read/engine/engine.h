// Running containers: what the Engine API (Docker and Podman) says of one, and what the kernel says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/subjects.h"

namespace oakum::engine {

// GET /containers/ID/json as a workload (surface container). Unknown members are kept in `unmodelled`.
// Several documents (an array, as `docker inspect` prints) give several workloads. A member "Kernel" beside the
// engine's own may hold texts of the files of /proc/PID (status, uid_map, mountinfo), collected on the container's
// machine.
void read_inspect(std::string_view name, std::string_view json, Subjects& subjects);
bool looks_like_inspect(std::string_view text);

// What /proc and the cgroups say of process `pid` (the container's first), compared with process 1 of this machine.
// What cannot be read is named in `unreadable`. `proc` is "/proc" except in tests.
KernelFacts read_kernel(int pid, const std::string& proc = "/proc", const std::string& cgroup = "/sys/fs/cgroup");

struct Options {
  std::string docker_host;  // overrides DOCKER_HOST and contexts
  bool kernel = true;       // look at the kernel when the engine is on this machine
};

// Asks the engines on this machine (Docker, then Podman) for a container by name or id prefix.
Status read_container(const std::string& name, const Options& options, Subjects& subjects);
// All running containers of every engine that answers; an error when none does.
Status read_all_containers(const Options& options, Subjects& subjects);

}  // namespace oakum::engine
