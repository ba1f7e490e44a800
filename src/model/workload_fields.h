// Every field of a Workload by name, once: what shows, compares or follows fields goes by this list.
#pragma once

#include "model/workload.h"

namespace oakum {

// Calls visit(name, field) for each Field and List, in the order of workload.h. `W` is Workload or const Workload.
template <class W, class Visit>
void for_each_field(W& w, Visit&& visit) {
  visit("container_name", w.container_name);
  visit("image", w.image);
  visit("pull_policy", w.pull_policy);
  visit("platform", w.platform);
  visit("entrypoint", w.entrypoint);
  visit("command", w.command);
  visit("working_dir", w.working_dir);
  visit("user", w.user);
  visit("group", w.group);
  visit("run_as_non_root", w.run_as_non_root);
  visit("extra_groups", w.extra_groups);
  visit("privileged", w.privileged);
  visit("cap_add", w.cap_add);
  visit("cap_drop", w.cap_drop);
  visit("no_new_privileges", w.no_new_privileges);
  visit("seccomp", w.seccomp);
  visit("apparmor", w.apparmor);
  visit("selinux", w.selinux);
  visit("unmasked_paths", w.unmasked_paths);
  visit("masked_paths", w.masked_paths);
  visit("readonly_paths", w.readonly_paths);
  visit("security_opt", w.security_opt);
  visit("read_only", w.read_only);
  visit("mounts", w.mounts);
  visit("volumes_from", w.volumes_from);
  visit("secrets", w.secrets);
  visit("configs", w.configs);
  visit("devices", w.devices);
  visit("device_cgroup_rules", w.device_cgroup_rules);
  visit("device_requests", w.device_requests);
  visit("storage_driver_options", w.storage_driver_options);
  visit("pid_mode", w.pid_mode);
  visit("ipc_mode", w.ipc_mode);
  visit("network_mode", w.network_mode);
  visit("uts_mode", w.uts_mode);
  visit("userns_mode", w.userns_mode);
  visit("cgroupns_mode", w.cgroupns_mode);
  visit("cgroup_parent", w.cgroup_parent);
  visit("share_process_namespace", w.share_process_namespace);
  visit("networks", w.networks);
  visit("ports", w.ports);
  visit("publish_all", w.publish_all);
  visit("exposed", w.exposed);
  visit("dns", w.dns);
  visit("dns_options", w.dns_options);
  visit("extra_hosts", w.extra_hosts);
  visit("links", w.links);
  visit("hostname", w.hostname);
  visit("memory", w.memory);
  visit("memory_swap", w.memory_swap);
  visit("memory_reservation", w.memory_reservation);
  visit("cpus", w.cpus);
  visit("cpu_reservation", w.cpu_reservation);
  visit("cpu_shares", w.cpu_shares);
  visit("cpuset", w.cpuset);
  visit("pids_limit", w.pids_limit);
  visit("ephemeral_storage", w.ephemeral_storage);
  visit("ephemeral_storage_request", w.ephemeral_storage_request);
  visit("oom_kill_disable", w.oom_kill_disable);
  visit("oom_score_adj", w.oom_score_adj);
  visit("ulimits", w.ulimits);
  visit("shm_size", w.shm_size);
  visit("blkio_weight", w.blkio_weight);
  visit("sysctls", w.sysctls);
  visit("environment", w.environment);
  visit("env_files", w.env_files);
  visit("labels", w.labels);
  visit("annotations", w.annotations);
  visit("healthcheck", w.healthcheck);
  visit("liveness", w.liveness);
  visit("readiness", w.readiness);
  visit("startup", w.startup);
  visit("post_start", w.post_start);
  visit("pre_stop", w.pre_stop);
  visit("restart", w.restart);
  visit("init", w.init);
  visit("stop_signal", w.stop_signal);
  visit("stop_grace_period", w.stop_grace_period);
  visit("logging", w.logging);
  visit("runtime", w.runtime);
  visit("tty", w.tty);
  visit("stdin_open", w.stdin_open);
  visit("remove", w.remove);
  visit("depends_on", w.depends_on);
  visit("profiles", w.profiles);
  visit("replicas", w.replicas);
  visit("build", w.build);
}

}  // namespace oakum
