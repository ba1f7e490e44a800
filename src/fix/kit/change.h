// What a fix wants of a workload, in the model's terms. The writer of its surface says it in that surface's syntax; a
// guard can apply the same change to a request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "model/origin.h"
#include "model/workload.h"

namespace oakum::fix {

// The fields of Workload that fixes change; named as they are there.
enum class Key : std::uint8_t {
  image,              // std::string: the whole reference
  user,               // std::string: "65532", "65532:65532"; Kubernetes: runAsUser and runAsGroup
  run_as_non_root,    // bool
  privileged,         // bool
  cap_add,            // std::string, one item
  cap_drop,           // std::string, one item
  no_new_privileges,  // bool
  seccomp,            // std::string: "default" for the engine's own
  apparmor,           // std::string
  selinux,            // removal only
  unmasked_paths,     // removal only
  security_opt,       // std::string, one item as written
  read_only,          // bool
  mounts,             // Mount
  devices,            // removal only
  device_cgroup_rules,
  pid_mode,
  ipc_mode,
  network_mode,
  uts_mode,
  userns_mode,
  cgroup_parent,
  ports,        // PublishedPort
  publish_all,  // bool
  memory,       // std::int64_t: bytes
  memory_request,
  cpus,  // double: cores
  cpu_request,
  pids_limit,  // std::int64_t
  ephemeral_storage,
  oom_kill_disable,
  sysctls,      // removal only
  environment,  // KeyValue
  healthcheck,  // removal of "disabled", or HealthCheck
  restart,      // std::string: "on-failure:5"
  logging,      // Logging
  init,         // bool
  pull_policy,  // std::string: "Always"
  // Of the pod
  automount_token,  // bool
  fs_group,         // std::int64_t
  host_aliases,     // removal only
  proc_mount,       // removal only
};

using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, KeyValue, Mount, PublishedPort,
                           HealthCheck, Logging>;

struct Change {
  enum class Act : std::uint8_t {
    set,     // the field has this value afterwards: of a list, the item at `at` is replaced
    add,     // an item more in a list (nothing when it is there)
    remove,  // the statement at `at` goes, and what is left empty by that
  };
  Act act = Act::set;
  Key key = Key::read_only;
  Value value;
  std::optional<Origin> at;  // the statement that is replaced or removed
};

}  // namespace oakum::fix
