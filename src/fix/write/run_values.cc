#include "fix/write/run_values.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <variant>

#include "base/text.h"
#include "model/units.h"

namespace oakum::fix {

namespace {

constexpr std::pair<Key, std::string_view> kFlags[] = {
    {Key::user, "user"},
    {Key::privileged, "privileged"},
    {Key::cap_add, "cap-add"},
    {Key::cap_drop, "cap-drop"},
    {Key::no_new_privileges, "security-opt"},
    {Key::seccomp, "security-opt"},
    {Key::apparmor, "security-opt"},
    {Key::security_opt, "security-opt"},
    {Key::read_only, "read-only"},
    {Key::devices, "device"},
    {Key::device_cgroup_rules, "device-cgroup-rule"},
    {Key::pid_mode, "pid"},
    {Key::ipc_mode, "ipc"},
    {Key::network_mode, "network"},
    {Key::uts_mode, "uts"},
    {Key::userns_mode, "userns"},
    {Key::cgroup_parent, "cgroup-parent"},
    {Key::ports, "publish"},
    {Key::publish_all, "publish-all"},
    {Key::memory, "memory"},
    {Key::memory_request, "memory-reservation"},
    {Key::cpus, "cpus"},
    {Key::pids_limit, "pids-limit"},
    {Key::oom_kill_disable, "oom-kill-disable"},
    {Key::sysctls, "sysctl"},
    {Key::environment, "env"},
    {Key::restart, "restart"},
    {Key::init, "init"},
    {Key::pull_policy, "pull"},
};

std::string tmpfs_text(const Mount& mount) {
  std::string text = mount.target;
  char separator = ':';
  for (const KeyValue& option : mount.options) {
    text += separator + option.key + (option.value.empty() ? "" : "=" + option.value);
    separator = ',';
  }
  return text;
}

std::vector<std::string> mount_flags(const Mount& mount) {
  if (mount.kind == MountKind::tmpfs) return {"--tmpfs=" + tmpfs_text(mount)};
  if (mount.source.empty() || mount.target.empty()) return {};
  return {"--volume=" + mount.source + ":" + mount.target + (mount.read_only.value_or(false) ? ":ro" : "")};
}

std::vector<std::string> health_flags(const HealthCheck& check) {
  if (check.disabled) return {"--no-healthcheck"};
  std::string command;
  for (const std::string& word : check.test.arguments) command += (command.empty() ? "" : " ") + word;
  std::vector<std::string> flags = {"--health-cmd=" + command};
  if (!check.interval.empty()) flags.push_back("--health-interval=" + check.interval);
  if (!check.timeout.empty()) flags.push_back("--health-timeout=" + check.timeout);
  if (!check.start_period.empty()) flags.push_back("--health-start-period=" + check.start_period);
  if (check.retries) flags.push_back("--health-retries=" + std::to_string(*check.retries));
  return flags;
}

std::vector<std::string> logging_flags(const Logging& logging) {
  std::vector<std::string> flags;
  if (!logging.driver.empty()) flags.push_back("--log-driver=" + logging.driver);
  for (const KeyValue& option : logging.options) flags.push_back("--log-opt=" + option.key + "=" + option.value);
  return flags;
}

// The options of a volume or tmpfs behind its last colon, as far as they are words that the engines know.
constexpr std::string_view kPropagations[] = {"private", "rprivate", "rshared", "rslave", "shared", "slave"};

// "type=bind,source=/a,target=/b": the --mount form.
std::string changed_mount(const Mount& mount, std::string_view old) {
  std::string text;
  bool read_only = false;
  for (const std::string_view part : split(old, ',')) {
    if (part.starts_with("bind-propagation=") && mount.propagation.empty()) continue;
    read_only =
        read_only || part == "readonly" || part == "ro" || part.starts_with("readonly=") || part.starts_with("ro=");
    text += (text.empty() ? "" : ",");
    text += part.starts_with("bind-propagation=") ? "bind-propagation=" + mount.propagation : std::string(part);
  }
  return mount.read_only.value_or(false) && !read_only ? text + ",readonly" : text;
}

bool is_option(const Mount& mount, std::string_view option) {
  if (option == "ro" || option == "rw") return mount.read_only.has_value() && *mount.read_only == (option == "ro");
  if (std::ranges::find(kPropagations, option) != std::end(kPropagations)) return option == mount.propagation;
  if (option == "exec" || option == "suid" || option == "dev") return mount.has_option(option);
  return true;
}

// "a:/b:ro,z" and "/b:size=1m": options that the new mount has not go, those that it has more come.
std::string changed_volume(const Mount& mount, std::string_view old) {
  const auto colon = old.rfind(':');
  const bool tmpfs = mount.kind == MountKind::tmpfs;
  const bool has_options =
      colon != std::string_view::npos && (tmpfs || old.substr(colon + 1).find('/') == std::string_view::npos);
  std::vector<std::string> options;
  if (has_options) {
    for (const std::string_view option : split(old.substr(colon + 1), ',')) {
      if (is_option(mount, option)) options.emplace_back(option);
    }
  }
  const auto want = [&](std::string_view option) {
    if (std::ranges::find(options, option) == options.end()) options.emplace_back(option);
  };
  if (mount.read_only.value_or(false)) want("ro");
  if (!mount.propagation.empty() && !tmpfs) want(mount.propagation);
  if (tmpfs) {
    for (const KeyValue& option : mount.options)
      want(option.value.empty() ? option.key : option.key + "=" + option.value);
  }
  std::string text(has_options ? old.substr(0, colon) : old);
  for (std::size_t i = 0; i < options.size(); ++i) text += (i == 0 ? ":" : ",") + options[i];
  return text;
}

std::string changed_port(const PublishedPort& port, std::string_view old) {
  // Only the address is new: the rest stays as it is written.
  const auto colons = std::ranges::count(old, ':');
  if (port.host_ip.empty() || old.starts_with('[') || colons > 1) return port_text(port);
  const std::string address = port.host_ip.find(':') == std::string::npos ? port.host_ip : "[" + port.host_ip + "]";
  return address + (colons == 0 ? "::" : ":") + std::string(old);
}

}  // namespace

std::string_view flag_name(Key key) {
  const auto* found = std::ranges::find(kFlags, key, &std::pair<Key, std::string_view>::first);
  return found == std::end(kFlags) ? std::string_view() : found->second;
}

std::vector<std::string> flags_of(const Change& change) {
  if (const auto* mount = std::get_if<Mount>(&change.value)) return mount_flags(*mount);
  if (const auto* health = std::get_if<HealthCheck>(&change.value)) return health_flags(*health);
  if (const auto* logging = std::get_if<Logging>(&change.value)) return logging_flags(*logging);
  const std::string flag = "--" + std::string(flag_name(change.key));
  if (flag == "--") return {};
  if (const auto* yes = std::get_if<bool>(&change.value)) {
    if (!*yes) return {};
    return {change.key == Key::no_new_privileges ? "--security-opt=no-new-privileges" : flag};
  }
  const std::string value = changed_value(change, {});
  return value.empty() ? std::vector<std::string>() : std::vector<std::string>{flag + "=" + value};
}

std::string changed_value(const Change& change, std::string_view old) {
  if (const auto* yes = std::get_if<bool>(&change.value)) {
    if (change.key == Key::no_new_privileges) return *yes ? "no-new-privileges" : "";
    return *yes ? "true" : "false";
  }
  if (const auto* logging = std::get_if<Logging>(&change.value)) return logging->driver;
  if (const auto* text = std::get_if<std::string>(&change.value)) {
    if (change.key == Key::apparmor) return "apparmor=" + *text;
    if (change.key == Key::seccomp) return *text == "default" ? "" : "seccomp=" + *text;
    if (change.key == Key::pull_policy) return to_lower(*text);
    return *text;
  }
  if (const auto* number = std::get_if<std::int64_t>(&change.value))
    return change.key == Key::memory || change.key == Key::memory_request ? size_text(*number)
                                                                          : std::to_string(*number);
  if (const auto* number = std::get_if<double>(&change.value)) return number_text(*number);
  if (const auto* pair = std::get_if<KeyValue>(&change.value)) return pair->key + "=" + pair->value;
  if (const auto* port = std::get_if<PublishedPort>(&change.value))
    return old.empty() ? port_text(*port) : changed_port(*port, old);
  if (const auto* mount = std::get_if<Mount>(&change.value)) {
    if (old.empty()) return {};
    return old.find("target=") != std::string_view::npos || old.starts_with("type=") ? changed_mount(*mount, old)
                                                                                     : changed_volume(*mount, old);
  }
  return {};
}

}  // namespace oakum::fix
