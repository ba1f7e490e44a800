// One line per rule, sorted by id; the rule is called as its file.
#include "rules/workload/table.h"

#define OAKUM_RULES(RULE)         \
  RULE(apparmor)                  \
  RULE(build_and_image)           \
  RULE(cap_dangerous)             \
  RULE(cap_drop_all)              \
  RULE(cgroup_parent)             \
  RULE(container_name_regex)      \
  RULE(cpu_limit)                 \
  RULE(database_port_published)   \
  RULE(default_bridge)            \
  RULE(device_cgroup_rules)       \
  RULE(devices)                   \
  RULE(duplicate_container_names) \
  RULE(duplicate_host_port)       \
  RULE(healthcheck_disabled)      \
  RULE(host_ipc)                  \
  RULE(host_network)              \
  RULE(host_path)                 \
  RULE(host_pid)                  \
  RULE(host_uts)                  \
  RULE(image_latest)              \
  RULE(image_no_digest)           \
  RULE(image_registry)            \
  RULE(image_untagged)            \
  RULE(kernel_differs)            \
  RULE(log_unbounded)             \
  RULE(logging_none)              \
  RULE(mem_limit)                 \
  RULE(mount_propagation)         \
  RULE(network_tiers)             \
  RULE(no_new_privileges)         \
  RULE(oom_kill_disable)          \
  RULE(pids_limit)                \
  RULE(ports_all_interfaces)      \
  RULE(ports_privileged)          \
  RULE(privileged)                \
  RULE(project_name)              \
  RULE(publish_all)               \
  RULE(read_only_rootfs)          \
  RULE(restart_policy)            \
  RULE(runtime_socket)            \
  RULE(seccomp)                   \
  RULE(secret_in_command)         \
  RULE(secret_in_env)             \
  RULE(selinux_disabled)          \
  RULE(sysctls)                   \
  RULE(tmpfs_exec)                \
  RULE(ulimits)                   \
  RULE(unmasked_paths)            \
  RULE(user_contradicted)         \
  RULE(user_missing)              \
  RULE(user_nonnumeric)           \
  RULE(user_root)                 \
  RULE(userns_host)               \
  RULE(version_field)

namespace oakum::rules {

#define OAKUM_DECLARE(name) extern const Rule name;
OAKUM_RULES(OAKUM_DECLARE)
#undef OAKUM_DECLARE

namespace {

#define OAKUM_ADDRESS(name) &name,
constexpr const Rule* kTable[] = {OAKUM_RULES(OAKUM_ADDRESS) nullptr};
#undef OAKUM_ADDRESS

}  // namespace

std::span<const Rule* const> workload_rules() { return std::span(kTable).first(std::size(kTable) - 1); }

}  // namespace oakum::rules
