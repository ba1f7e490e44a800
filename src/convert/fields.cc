#include "convert/fields.h"

#include <algorithm>

namespace oakum::convert {

namespace {

template <auto Member>
constexpr FieldRow row(std::string_view name) {
  return {name,
          [](const Workload& workload) {
            const auto& field = workload.*Member;
            if constexpr (requires { field.stated; }) {
              return !field.empty();
            } else {
              return static_cast<bool>(field);
            }
          },
          [](const Workload& workload) -> const Origin& {
            const auto& field = workload.*Member;
            if constexpr (requires { field.stated; }) {
              return field.origin;
            } else {
              return field.origin();
            }
          }};
}

#define ROW(name) row<&Workload::name>(#name)
constexpr FieldRow kFields[] = {
    ROW(container_name),
    ROW(pull_policy),
    ROW(platform),
    ROW(entrypoint),
    ROW(command),
    ROW(working_dir),
    ROW(user),
    ROW(group),
    ROW(run_as_non_root),
    ROW(extra_groups),
    ROW(privileged),
    ROW(cap_add),
    ROW(cap_drop),
    ROW(no_new_privileges),
    ROW(seccomp),
    ROW(apparmor),
    ROW(selinux),
    ROW(unmasked_paths),
    ROW(masked_paths),
    ROW(readonly_paths),
    ROW(security_opt),
    ROW(read_only),
    ROW(volumes_from),
    ROW(secrets),
    ROW(configs),
    ROW(devices),
    ROW(device_cgroup_rules),
    ROW(device_requests),
    ROW(storage_driver_options),
    ROW(pid_mode),
    ROW(ipc_mode),
    ROW(network_mode),
    ROW(uts_mode),
    ROW(userns_mode),
    ROW(cgroupns_mode),
    ROW(cgroup_parent),
    ROW(share_process_namespace),
    ROW(networks),
    ROW(ports),
    ROW(publish_all),
    ROW(exposed),
    ROW(dns),
    ROW(dns_options),
    ROW(extra_hosts),
    ROW(links),
    ROW(hostname),
    ROW(memory),
    ROW(memory_swap),
    ROW(memory_reservation),
    ROW(cpus),
    ROW(cpu_reservation),
    ROW(cpu_shares),
    ROW(cpuset),
    ROW(pids_limit),
    ROW(ephemeral_storage),
    ROW(ephemeral_storage_request),
    ROW(oom_kill_disable),
    ROW(oom_score_adj),
    ROW(ulimits),
    ROW(shm_size),
    ROW(blkio_weight),
    ROW(sysctls),
    ROW(environment),
    ROW(env_files),
    ROW(labels),
    ROW(annotations),
    ROW(healthcheck),
    ROW(liveness),
    ROW(readiness),
    ROW(startup),
    ROW(post_start),
    ROW(pre_stop),
    ROW(restart),
    ROW(init),
    ROW(stop_signal),
    ROW(stop_grace_period),
    ROW(logging),
    ROW(runtime),
    ROW(tty),
    ROW(stdin_open),
    ROW(remove),
    ROW(depends_on),
    ROW(profiles),
    ROW(replicas),
    ROW(build),
};
#undef ROW

}  // namespace

std::span<const FieldRow> fields() { return kFields; }

std::string spelled(const Origin& origin, std::string_view name) {
  const std::string& node = origin.node;
  if (node.empty()) return std::string(name);
  const std::size_t dot = node.rfind('.');
  std::string last = dot == std::string::npos || node.starts_with('-') ? node : node.substr(dot + 1);
  if (const std::size_t bracket = last.find('['); bracket != std::string::npos) last.resize(bracket);
  return last.empty() ? std::string(name) : last;
}

void note_cannot(const Item& item, std::span<const CannotSay> table, Notes& notes) {
  for (const CannotSay& row : table) {
    const auto* field = std::ranges::find(kFields, row.field, &FieldRow::name);
    if (field == std::end(kFields) || !field->is_stated(*item.workload)) continue;
    const Origin& origin = field->origin(*item.workload);
    notes.cannot(item, origin, spelled(origin, row.field), std::string(row.why));
  }
}

}  // namespace oakum::convert
