// One line per remedy, sorted by rule; the remedy is called as its file.
#include "fix/workload/table.h"

#define OAKUM_REMEDIES(REMEDY)    \
  REMEDY(apparmor)                \
  REMEDY(build_and_image)         \
  REMEDY(cap_dangerous)           \
  REMEDY(cap_drop_all)            \
  REMEDY(cgroup_parent)           \
  REMEDY(cpu_limit)               \
  REMEDY(database_port_published) \
  REMEDY(default_bridge)          \
  REMEDY(healthcheck)             \
  REMEDY(healthcheck_disabled)    \
  REMEDY(host_ipc)                \
  REMEDY(host_network)            \
  REMEDY(host_path)               \
  REMEDY(host_pid)                \
  REMEDY(host_uts)                \
  REMEDY(image_latest)            \
  REMEDY(image_no_digest)         \
  REMEDY(image_untagged)          \
  REMEDY(log_unbounded)           \
  REMEDY(logging_none)            \
  REMEDY(mem_limit)               \
  REMEDY(mount_propagation)       \
  REMEDY(network_tiers)           \
  REMEDY(no_new_privileges)       \
  REMEDY(oom_kill_disable)        \
  REMEDY(pids_limit)              \
  REMEDY(port_ssh)                \
  REMEDY(ports_all_interfaces)    \
  REMEDY(privileged)              \
  REMEDY(project_name)            \
  REMEDY(publish_all)             \
  REMEDY(read_only_rootfs)        \
  REMEDY(restart_policy)          \
  REMEDY(runtime_socket)          \
  REMEDY(seccomp)                 \
  REMEDY(secret_in_build_arg)     \
  REMEDY(secret_in_env)           \
  REMEDY(selinux_disabled)        \
  REMEDY(sudo)                    \
  REMEDY(sysctls)                 \
  REMEDY(tls_verify_off)          \
  REMEDY(tmpfs_exec)              \
  REMEDY(unmasked_paths)          \
  REMEDY(user_contradicted)       \
  REMEDY(user_root)               \
  REMEDY(userns_host)             \
  REMEDY(version_field)

namespace oakum::fix {

#define OAKUM_DECLARE(name) extern constinit const Remedy name;
namespace workload {
OAKUM_REMEDIES(OAKUM_DECLARE)
}
#undef OAKUM_DECLARE

std::span<const Remedy* const> workload_remedies() {
#define OAKUM_ADDRESS(name) &workload::name,
  static constexpr const Remedy* kTable[] = {OAKUM_REMEDIES(OAKUM_ADDRESS) nullptr};
#undef OAKUM_ADDRESS
  return std::span(kTable).first(std::size(kTable) - 1);
}

}  // namespace oakum::fix
