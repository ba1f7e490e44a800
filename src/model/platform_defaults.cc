// Sources: moby oci/caps (DefaultCapabilities, TweakCapabilities), containers/common pkg/config and pkg/capabilities,
// containerd internal/cri/opts (order of added and dropped), kubelet's SeccompDefault, runtime-spec config-linux.md.
#include "model/platform_defaults.h"

#include <algorithm>

namespace oakum {

namespace {

constexpr CapabilityMask bit(int number) { return CapabilityMask{1} << number; }

// CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT MKNOD AUDIT_WRITE
// SETFCAP: moby's list, and containerd's for Kubernetes.
constexpr CapabilityMask kDocker = 0xa80425fb;
constexpr CapabilityMask kNotPodman = bit(13) | bit(27) | bit(29);  // NET_RAW, MKNOD, AUDIT_WRITE
constexpr std::int64_t kPodmanPids = 2048;

struct Names {
  CapabilityMask mask = 0;
  bool all = false;
};

Names names_of(const List<std::string>& list) {
  Names result;
  for (const Stated<std::string>& item : list) {
    if (!item.known) continue;
    const std::string name = canonical_capability(item.value);
    if (name == "ALL") result.all = true;
    if (const std::optional<int> number = capability_number(name)) result.mask |= bit(*number);
  }
  return result;
}

Confinement confinement_of(const Field<ProfileChoice>& field) {
  if (!field.known()) return Confinement::not_known;
  switch (field->kind) {
    case ProfileChoice::Kind::runtime_default:
      return Confinement::engine_default;
    case ProfileChoice::Kind::unconfined:
      return Confinement::none;
    case ProfileChoice::Kind::custom:
      return Confinement::custom;
  }
  return Confinement::not_known;
}

}  // namespace

CapabilityMask default_capabilities(Engine engine) {
  switch (engine) {
    case Engine::docker:
    case Engine::kubernetes:
      return kDocker;
    case Engine::podman:
      return kDocker & ~kNotPodman;
    case Engine::oci:
      return 0;  // a bundle has what it lists
  }
  return 0;
}

CapabilityMask effective_capabilities(const Workload& workload) {
  if (effective_privileged(workload)) return kAllCapabilities;
  const Names added = names_of(workload.cap_add);
  const Names dropped = names_of(workload.cap_drop);
  if (workload.engine == Engine::kubernetes) {  // the CRI applies single drops last
    CapabilityMask mask = added.all ? kAllCapabilities : default_capabilities(workload.engine);
    if (dropped.all) mask = 0;
    return (mask | added.mask) & ~dropped.mask;
  }
  if (added.all) return kAllCapabilities & ~dropped.mask;
  if (dropped.all) return added.mask;
  return (default_capabilities(workload.engine) & ~dropped.mask) | added.mask;
}

bool effective_no_new_privileges(const Workload& workload) {
  if (workload.kernel) return workload.kernel->no_new_privileges;
  if (!workload.no_new_privileges.is(true)) return false;
  if (workload.engine != Engine::kubernetes) return true;
  constexpr int kSysAdmin = 21;
  return !effective_privileged(workload) && (effective_capabilities(workload) & bit(kSysAdmin)) == 0;
}

Confinement effective_seccomp(const Workload& workload) {
  if (workload.kernel && workload.kernel->seccomp == 0) return Confinement::none;
  if (workload.seccomp) return confinement_of(workload.seccomp);
  if (workload.kernel) return Confinement::engine_default;  // a filter is there, and nothing else was asked for
  if (effective_privileged(workload)) return Confinement::none;
  switch (workload.engine) {
    case Engine::docker:
    case Engine::podman:
      return Confinement::engine_default;
    case Engine::kubernetes:  // unless the node's kubelet runs with SeccompDefault, which no manifest tells
    case Engine::oci:
      return Confinement::none;
  }
  return Confinement::not_known;
}

Confinement effective_apparmor(const Workload& workload) {
  if (workload.kernel) {
    if (workload.kernel->apparmor.empty() || workload.kernel->apparmor.starts_with("unconfined"))
      return Confinement::none;
    return workload.apparmor ? confinement_of(workload.apparmor) : Confinement::engine_default;
  }
  if (workload.apparmor) return confinement_of(workload.apparmor);
  if (effective_privileged(workload) || workload.engine == Engine::oci) return Confinement::none;
  return Confinement::engine_default;  // on a host that has AppArmor
}

bool effective_privileged(const Workload& workload) { return workload.privileged.is(true); }

bool effective_read_only(const Workload& workload) {
  if (workload.kernel) return workload.kernel->root_read_only;
  return workload.read_only.is(true);
}

std::optional<std::string> stated_user(const Workload& workload) {
  if (!workload.user.known() || workload.user->empty()) return std::nullopt;
  return *workload.user;
}

bool is_root_user(std::string_view user) {
  user = user.substr(0, user.find(':'));
  if (user == "root") return true;
  if (user.starts_with('+') || user.starts_with('-')) user.remove_prefix(1);  // strconv.Atoi takes a sign
  return !user.empty() && std::ranges::all_of(user, [](char c) { return c == '0'; });
}

std::optional<std::int64_t> effective_memory(const Workload& workload) {
  if (workload.memory.known() && *workload.memory > 0) return *workload.memory;
  if (workload.kernel && workload.kernel->memory_limit)
    return static_cast<std::int64_t>(*workload.kernel->memory_limit);
  return std::nullopt;
}

std::optional<std::int64_t> effective_pids(const Workload& workload) {
  if (workload.pids_limit.known() && *workload.pids_limit > 0) return *workload.pids_limit;
  if (workload.kernel && workload.kernel->pids_limit) return static_cast<std::int64_t>(*workload.kernel->pids_limit);
  if (!workload.pids_limit && !workload.kernel && workload.engine == Engine::podman) return kPodmanPids;
  return std::nullopt;
}

std::optional<double> effective_cpus(const Workload& workload) {
  if (workload.cpus.known() && *workload.cpus > 0) return *workload.cpus;
  if (workload.kernel) return workload.kernel->cpus;
  return std::nullopt;
}

}  // namespace oakum
