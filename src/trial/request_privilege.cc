// What a container may do: capabilities, security options, devices.
#include "model/capabilities.h"
#include "trial/create_request.h"

namespace oakum::trial {

using net::Json;

namespace {

Json capabilities_of(const List<std::string>& list) {
  Json names = Json::array();
  for (const Stated<std::string>& item : list) names.push_back(canonical_capability(item.value));
  return names;
}

void add_selinux(const SelinuxOptions& selinux, Json& options) {
  if (selinux.disabled) options.push_back("label=disable");
  if (!selinux.user.empty()) options.push_back("label=user:" + selinux.user);
  if (!selinux.role.empty()) options.push_back("label=role:" + selinux.role);
  if (!selinux.type.empty()) options.push_back("label=type:" + selinux.type);
  if (!selinux.level.empty()) options.push_back("label=level:" + selinux.level);
}

void add_devices(const Workload& workload, Json& host) {
  Json devices = Json::array();
  for (const Stated<Device>& item : workload.devices) {
    const Device& device = item.value;
    devices.push_back({{"PathOnHost", device.host},
                       {"PathInContainer", device.container.empty() ? device.host : device.container},
                       {"CgroupPermissions", device.permissions.empty() ? "rwm" : device.permissions}});
  }
  host["Devices"] = std::move(devices);
  Json rules = Json::array();
  for (const Stated<std::string>& item : workload.device_cgroup_rules) rules.push_back(item.value);
  host["DeviceCgroupRules"] = std::move(rules);
}

}  // namespace

Json security_options(const Workload& workload, const Placement& placement, std::vector<std::string>& notes) {
  Json options = Json::array();
  if (workload.no_new_privileges)
    options.push_back(*workload.no_new_privileges ? "no-new-privileges:true" : "no-new-privileges:false");
  if (workload.seccomp && workload.seccomp->kind == ProfileChoice::Kind::unconfined)
    options.push_back("seccomp=unconfined");
  if (workload.seccomp && workload.seccomp->kind == ProfileChoice::Kind::custom) {
    if (placement.seccomp_profile.empty())
      notes.push_back("seccomp profile \"" + workload.seccomp->name + "\": it could not be read");
    else
      options.push_back("seccomp=" + placement.seccomp_profile);
  }
  if (workload.apparmor) {
    const bool unconfined = workload.apparmor->kind == ProfileChoice::Kind::unconfined;
    if (unconfined || workload.apparmor->kind == ProfileChoice::Kind::custom)
      options.push_back("apparmor=" + (unconfined ? "unconfined" : workload.apparmor->name));
  }
  if (workload.selinux) add_selinux(*workload.selinux, options);
  return options;
}

void add_privilege(const Workload& workload, const Placement& placement, Json& host, std::vector<std::string>& notes) {
  host["Privileged"] = workload.privileged.value_or(false);
  host["CapAdd"] = capabilities_of(workload.cap_add);
  host["CapDrop"] = capabilities_of(workload.cap_drop);
  host["SecurityOpt"] = security_options(workload, placement, notes);
  if (workload.unmasked_paths && *workload.unmasked_paths) {
    host["MaskedPaths"] = Json::array();
    host["ReadonlyPaths"] = Json::array();
  }
  add_devices(workload, host);
}

}  // namespace oakum::trial
