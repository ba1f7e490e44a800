// Names, environment, privilege, limits.
#include <algorithm>

#include "base/text.h"
#include "convert/pod_text.h"
#include "convert/run_writer.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

using From = EnvironmentVariable::From;
using Kind = ProfileChoice::Kind;

void variable(const RunWriter& writer, const Stated<EnvironmentVariable>& stated) {
  const EnvironmentVariable& variable = stated.value;
  if (variable.from == From::secret && !variable.reference.empty() && writer.item.is(Surface::run_command) &&
      writer.workload().engine == Engine::podman)
    return writer.flag("--secret", variable.reference + ",type=env,target=" + variable.name);
  const bool elsewhere = variable.from == From::secret || variable.from == From::config_map ||
                         variable.from == From::field || (variable.from == From::file && !variable.value);
  if (elsewhere) {
    writer.notes.cannot(writer.item, stated.origin, "variable " + printable(variable.name, 80),
                        "its value comes from " + printable(variable.reference, 120) + ", which is not in a file here");
    return;
  }
  if (!variable.value) return writer.flag("--env", variable.name, stated.known);
  const std::string value = text_of_pod(writer.item, *variable.value, stated.origin, writer.notes);
  writer.flag("--env", variable.name + "=" + value, stated.known);
}

void profile(const RunWriter& writer, std::string_view name, const Field<ProfileChoice>& choice) {
  if (!choice.known()) return;
  if (choice->kind == Kind::unconfined) writer.flag("--security-opt", std::string(name) + "=unconfined");
  if (choice->kind == Kind::custom) writer.flag("--security-opt", std::string(name) + "=" + choice->name);
}

// A pod says in fields what Docker has options for.
void options_of_pod(const RunWriter& writer) {
  const Workload& workload = writer.workload();
  if (workload.no_new_privileges.is(true)) writer.flag("--security-opt", "no-new-privileges");
  profile(writer, "seccomp", workload.seccomp);
  profile(writer, "apparmor", workload.apparmor);
  if (workload.unmasked_paths.is(true)) writer.flag("--security-opt", "systempaths=unconfined");
  if (!workload.selinux.known()) return;
  const SelinuxOptions& labels = *workload.selinux;
  if (labels.disabled) writer.flag("--security-opt", "label=disable");
  if (!labels.user.empty()) writer.flag("--security-opt", "label=user:" + labels.user);
  if (!labels.role.empty()) writer.flag("--security-opt", "label=role:" + labels.role);
  if (!labels.type.empty()) writer.flag("--security-opt", "label=type:" + labels.type);
  if (!labels.level.empty()) writer.flag("--security-opt", "label=level:" + labels.level);
}

void mode(const RunWriter& writer, std::string_view name, const Field<std::string>& field) {
  if (field && *field != "private") writer.text(name, field);
}

void ulimits(const RunWriter& writer) {
  for (const Stated<Ulimit>& stated : writer.workload().ulimits) {
    const Ulimit& ulimit = stated.value;
    if (!stated.known || (!ulimit.soft && !ulimit.hard)) {
      writer.notes.cannot(writer.item, stated.origin, "limit " + printable(ulimit.name, 80), "is not known here");
      continue;
    }
    const std::int64_t soft = ulimit.soft.value_or(ulimit.hard.value_or(-1));
    std::string text = ulimit.name + "=" + std::to_string(soft);
    if (ulimit.hard && *ulimit.hard != soft) text += ":" + std::to_string(*ulimit.hard);
    writer.flag("--ulimit", text);
  }
}

}  // namespace

void run_identity(const RunWriter& writer) {
  const Workload& workload = writer.workload();
  writer.text("--hostname", workload.hostname);
  writer.text("--platform", workload.platform);
  if (workload.pull_policy) {
    std::string policy = to_lower(*workload.pull_policy);
    if (policy == "ifnotpresent" || policy == "if_not_present") policy = "missing";
    if (policy != "build") writer.flag("--pull", policy, workload.pull_policy.known());
  }
  writer.text("--workdir", workload.working_dir);
  if (workload.user) {
    std::string user = *workload.user;
    if (workload.group) user += ":" + *workload.group;
    writer.flag("--user", user, workload.user.known() && (!workload.group || workload.group.known()));
  } else if (workload.group) {
    writer.notes.cannot(writer.item, workload.group.origin(), spelled(workload.group.origin(), "group"),
                        "a group is said behind a user, and none is said");
  }
  writer.texts("--group-add", workload.extra_groups);
}

void run_environment(const RunWriter& writer) {
  writer.texts("--env-file", writer.workload().env_files);
  for (const Stated<EnvironmentVariable>& stated : writer.workload().environment) {
    const bool of_file = (stated.value.from == From::file && stated.origin.surface != Surface::kubernetes) ||
                         stated.origin.node.starts_with("--env-file.");
    if (!of_file) variable(writer, stated);
  }
}

void run_privilege(const RunWriter& writer) {
  const Workload& workload = writer.workload();
  writer.toggle("--privileged", workload.privileged);
  writer.texts("--cap-drop", workload.cap_drop);
  writer.texts("--cap-add", workload.cap_add);
  writer.texts("--security-opt", workload.security_opt);
  if (writer.item.is(Surface::kubernetes)) options_of_pod(writer);
  mode(writer, "--pid", workload.pid_mode);
  mode(writer, "--ipc", workload.ipc_mode);
  mode(writer, "--uts", workload.uts_mode);
  mode(writer, "--userns", workload.userns_mode);
  writer.text("--cgroupns", workload.cgroupns_mode);
  writer.text("--cgroup-parent", workload.cgroup_parent);
  writer.pairs("--sysctl", workload.sysctls);
}

void run_limits(const RunWriter& writer) {
  const Workload& workload = writer.workload();
  writer.size("--memory", workload.memory);
  writer.size("--memory-swap", workload.memory_swap);
  writer.size("--memory-reservation", workload.memory_reservation);
  if (workload.cpus.known()) writer.flag("--cpus", number_text(*workload.cpus));
  writer.integer("--cpu-shares", workload.cpu_shares);
  writer.text("--cpuset-cpus", workload.cpuset);
  writer.integer("--pids-limit", workload.pids_limit);
  writer.toggle("--oom-kill-disable", workload.oom_kill_disable);
  writer.integer("--oom-score-adj", workload.oom_score_adj);
  ulimits(writer);
  writer.size("--shm-size", workload.shm_size);
  writer.text("--blkio-weight", workload.blkio_weight);
  if (!writer.item.is(Surface::container)) {
    writer.text("--storage-opt", workload.storage_driver_options);
  } else if (workload.storage_driver_options) {
    writer.notes.cannot(writer.item, workload.storage_driver_options.origin(), "storage options",
                        "are not taken apart");
  }
  if (writer.item.is(Surface::kubernetes)) {
    for (const Stated<std::string>& stated : workload.device_requests)
      writer.notes.cannot(writer.item, stated.origin, printable(stated.value, 120), "is a resource of a device plugin");
    return;
  }
  writer.texts("--gpus", workload.device_requests);
}

}  // namespace oakum::convert
