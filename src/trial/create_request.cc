#include "trial/create_request.h"

#include "base/shell_words.h"
#include "trial/identity.h"

namespace oakum::trial {

namespace {

using net::Json;

constexpr int kRestarts = 3;

// One string in a Compose file: split there into words, without a shell.
std::vector<std::string> words_of(const CommandLine& line) {
  if (!line.shell_form || line.arguments.empty()) return line.arguments;
  return split_shell_words(line.arguments.front()).value_or(line.arguments);
}

Json environment_of(const Workload& workload, const Placement& placement) {
  Json list = Json::array();
  for (const Stated<EnvironmentVariable>& item : workload.environment) {
    const EnvironmentVariable& variable = item.value;
    if (variable.value) {
      list.push_back(variable.name + "=" + *variable.value);
    } else if (const auto found = placement.environment.find(variable.name); found != placement.environment.end()) {
      list.push_back(variable.name + "=" + found->second);
    }
  }
  return list;
}

Json restart_of(const Workload& workload) {
  const bool never = !workload.restart || workload.restart->name.empty() || workload.restart->name == "no";
  if (never) return {{"Name", "no"}};
  return {{"Name", "on-failure"}, {"MaximumRetryCount", kRestarts}};
}

template <class T>
Json texts_of(const List<T>& list) {
  Json texts = Json::array();
  for (const Stated<T>& item : list) texts.push_back(item.value);
  return texts;
}

// "service:NAME" and "container:NAME" are other containers of the trial, or cannot be had.
std::string namespace_mode(const Field<std::string>& mode, std::string_view what, const Placement& placement,
                           std::vector<std::string>& notes) {
  if (!mode) return {};
  const std::size_t colon = mode->find(':');
  if (colon == std::string::npos) return *mode;
  const auto other = placement.containers.find(mode->substr(colon + 1));
  if (other != placement.containers.end()) return "container:" + other->second;
  notes.push_back(std::string(what) + " of \"" + *mode + "\": that container is not in the trial");
  return {};
}

void add_namespaces(const Workload& workload, const Placement& placement, Json& host, std::vector<std::string>& notes) {
  host["PidMode"] = namespace_mode(workload.pid_mode, "the process namespace", placement, notes);
  host["IpcMode"] = namespace_mode(workload.ipc_mode, "the ipc namespace", placement, notes);
  host["UTSMode"] = workload.uts_mode.value_or("");
  host["UsernsMode"] = workload.userns_mode.value_or("");
  host["CgroupnsMode"] = workload.cgroupns_mode.value_or("");
  host["NetworkMode"] = placement.networks.empty() ? placement.network_mode : placement.networks.front().name;
  if (workload.cgroup_parent) notes.push_back("cgroup parent \"" + *workload.cgroup_parent + "\"");
  if (!workload.device_requests.empty()) notes.emplace_back("GPUs and other requested devices");
}

Json endpoint_of(const Placement& placement) {
  if (placement.networks.empty()) return Json::object();
  const NetworkPlace& first = placement.networks.front();
  return {{"EndpointsConfig", {{first.name, {{"Aliases", first.aliases}}}}}};
}

Json host_config(const Workload& workload, const Placement& placement, std::vector<std::string>& notes) {
  Json host = Json::object();
  host["RestartPolicy"] = restart_of(workload);
  host["LogConfig"] = {{"Type", "json-file"}, {"Config", {{"max-size", "4m"}}}};
  host["Mounts"] = placement.mounts;
  host["Tmpfs"] = placement.tmpfs;
  host["ReadonlyRootfs"] = workload.read_only.value_or(false);
  host["GroupAdd"] = texts_of(workload.extra_groups);
  host["ExtraHosts"] = texts_of(workload.extra_hosts);
  if (workload.init) host["Init"] = *workload.init;
  if (workload.runtime) host["Runtime"] = *workload.runtime;
  add_privilege(workload, placement, host, notes);
  add_namespaces(workload, placement, host, notes);
  add_limits(workload, host);
  return host;
}

}  // namespace

CreateRequest create_request(const Workload& workload, const Placement& placement) {
  CreateRequest request;
  Json& body = request.body;
  body["Image"] = placement.image;
  body["Labels"] = {{kLabel, placement.trial}, {"oakum.service", placement.service}};
  body["Env"] = environment_of(workload, placement);
  body["HostConfig"] = host_config(workload, placement, request.not_as_stated);
  body["NetworkingConfig"] = endpoint_of(placement);
  if (Json health = health_of(workload, placement.image_has_check); !health.is_null())
    body["Healthcheck"] = std::move(health);
  if (workload.user) body["User"] = *workload.user + (workload.group ? ":" + *workload.group : "");
  if (workload.entrypoint) body["Entrypoint"] = words_of(*workload.entrypoint);
  if (workload.command) body["Cmd"] = words_of(*workload.command);
  if (workload.working_dir) body["WorkingDir"] = *workload.working_dir;
  // With another container's network comes its name.
  if (workload.hostname && !body["HostConfig"]["NetworkMode"].get_ref<std::string&>().starts_with("container:"))
    body["Hostname"] = *workload.hostname;
  if (workload.stop_signal) body["StopSignal"] = *workload.stop_signal;
  body["Tty"] = workload.tty.value_or(false);
  body["OpenStdin"] = workload.stdin_open.value_or(false);
  return request;
}

}  // namespace oakum::trial
