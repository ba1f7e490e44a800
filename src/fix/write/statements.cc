#include "fix/write/statements.h"

namespace oakum::fix {

namespace {

template <class T>
std::optional<Origin> place(const Field<T>& field) {
  return field ? std::optional(field.origin()) : std::nullopt;
}

}  // namespace

std::optional<Origin> where_stated(const Workload& workload, Key key) {
  switch (key) {
    case Key::image:
      return place(workload.image);
    case Key::user:
      return place(workload.user);
    case Key::run_as_non_root:
      return place(workload.run_as_non_root);
    case Key::privileged:
      return place(workload.privileged);
    case Key::no_new_privileges:
      return place(workload.no_new_privileges);
    case Key::seccomp:
      return place(workload.seccomp);
    case Key::apparmor:
      return place(workload.apparmor);
    case Key::selinux:
      return place(workload.selinux);
    case Key::unmasked_paths:
    case Key::proc_mount:
      return place(workload.unmasked_paths);
    case Key::read_only:
      return place(workload.read_only);
    case Key::pid_mode:
      return place(workload.pid_mode);
    case Key::ipc_mode:
      return place(workload.ipc_mode);
    case Key::network_mode:
      return place(workload.network_mode);
    case Key::uts_mode:
      return place(workload.uts_mode);
    case Key::userns_mode:
      return place(workload.userns_mode);
    case Key::cgroup_parent:
      return place(workload.cgroup_parent);
    case Key::publish_all:
      return place(workload.publish_all);
    case Key::memory:
      return place(workload.memory);
    case Key::memory_request:
      return place(workload.memory_reservation);
    case Key::cpus:
      return place(workload.cpus);
    case Key::cpu_request:
      return place(workload.cpu_reservation);
    case Key::pids_limit:
      return place(workload.pids_limit);
    case Key::ephemeral_storage:
      return place(workload.ephemeral_storage);
    case Key::oom_kill_disable:
      return place(workload.oom_kill_disable);
    case Key::healthcheck:
      return place(workload.healthcheck);
    case Key::restart:
      return place(workload.restart);
    case Key::logging:
      return place(workload.logging);
    case Key::init:
      return place(workload.init);
    case Key::pull_policy:
      return place(workload.pull_policy);
    case Key::automount_token:
      return workload.pod ? place(workload.pod->automount_token) : std::nullopt;
    case Key::fs_group:
      return workload.pod ? place(workload.pod->fs_group) : std::nullopt;
    case Key::host_aliases:
      return workload.pod ? place(workload.pod->host_aliases) : std::nullopt;
    case Key::cap_add:
    case Key::cap_drop:
    case Key::security_opt:
    case Key::mounts:
    case Key::devices:
    case Key::device_cgroup_rules:
    case Key::ports:
    case Key::sysctls:
    case Key::environment:
      break;
  }
  return std::nullopt;
}

}  // namespace oakum::fix
