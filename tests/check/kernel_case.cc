#include "check/kernel_case.h"

#include <nlohmann/json.hpp>

namespace oakum::check {

namespace {

using Json = nlohmann::json;

template <class T>
void take(const Json& json, const char* name, T& into) {
  if (json.contains(name)) into = json.at(name).get<T>();
}

template <class T>
void take(const Json& json, const char* name, std::optional<T>& into) {
  if (json.contains(name)) into = json.at(name).get<T>();
}

void take_capabilities(const Json& json, const char* name, CapabilityMask& into) {
  if (!json.contains(name)) return;
  into = 0;
  for (const Json& item : json.at(name)) {
    const std::string capability = item.get<std::string>();
    into |= capability == "ALL" ? kAllCapabilities
                                : CapabilityMask{1} << static_cast<unsigned>(capability_number(capability).value());
  }
}

KernelFacts read_facts(const Json& json) {
  KernelFacts facts;
  facts.pid = 1;
  take(json, "uids", facts.uids);
  take(json, "gids", facts.gids);
  take(json, "uid_in_container", facts.uid_in_container);
  take(json, "user_namespace", facts.user_namespace);
  take_capabilities(json, "effective", facts.effective);
  take_capabilities(json, "bounding", facts.bounding);
  take_capabilities(json, "permitted", facts.permitted);
  take(json, "no_new_privileges", facts.no_new_privileges);
  take(json, "seccomp", facts.seccomp);
  take(json, "seccomp_filters", facts.seccomp_filters);
  take(json, "apparmor", facts.apparmor);
  take(json, "selinux", facts.selinux);
  take(json, "host_pid", facts.host_pid);
  take(json, "host_ipc", facts.host_ipc);
  take(json, "host_network", facts.host_network);
  take(json, "host_uts", facts.host_uts);
  take(json, "host_user", facts.host_user);
  take(json, "host_cgroup", facts.host_cgroup);
  take(json, "memory_limit", facts.memory_limit);
  take(json, "pids_limit", facts.pids_limit);
  take(json, "cpus", facts.cpus);
  take(json, "root_read_only", facts.root_read_only);
  take(json, "process_uids_root", facts.process_uids_root);
  take(json, "unreadable", facts.unreadable);
  return facts;
}

}  // namespace

Result<KernelFacts> kernel_of_case(std::string_view json) {
  try {
    return read_facts(Json::parse(json));
  } catch (const std::exception& error) {
    return fail(ErrorCode::invalid, "kernel.json", error.what());
  }
}

}  // namespace oakum::check
