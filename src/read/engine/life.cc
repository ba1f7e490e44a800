// Health check, restart policy, logging, runtime, terminal.
#include "read/engine/inspect.h"
#include "read/image/health.h"

namespace oakum::engine {

namespace {

using net::Json;
using net::member;
using net::string_member;

void read_health(const Inspection& from, Workload& to) {
  const Json& stated = member(from.config(), "Healthcheck");
  if (from.image_config.is_object() && member(from.image_config, "Healthcheck") == stated) return;
  auto check = image::health_check_of(stated);
  if (check) to.healthcheck.state(std::move(*check), from.at("Config.Healthcheck"));
}

void read_restart(const Inspection& from, Workload& to) {
  const Json& policy = member(from.host(), "RestartPolicy");
  RestartPolicy restart{.name = string_member(policy, "Name")};
  if (restart.name.empty() || restart.name == "no") return;
  const std::int64_t retries = integer_member(policy, "MaximumRetryCount");
  if (retries > 0 && retries <= INT32_MAX) restart.max_retries = static_cast<int>(retries);
  to.restart.state(std::move(restart), from.at("HostConfig.RestartPolicy"));
}

bool is_default_driver(const Inspection& from, std::string_view driver) {
  if (driver.empty() || driver == from.daemon.default_logging) return true;
  if (!from.daemon.default_logging.empty()) return false;
  return driver == "json-file" || driver == "journald" || driver == "k8s-file";
}

void read_logging(const Inspection& from, Workload& to) {
  const Json& config = member(from.host(), "LogConfig");
  Logging logging{.driver = string_member(config, "Type")};
  if (const Json& options = member(config, "Config"); options.is_object()) {
    for (const auto& [key, value] : options.items()) {
      if (value.is_string() && logging.options.size() < kMaxItems)
        logging.options.push_back({key, value.get<std::string>()});
    }
  }
  if (is_default_driver(from, logging.driver) && logging.options.empty()) return;
  to.logging.state(std::move(logging), from.at("HostConfig.LogConfig"));
}

void read_runtime(const Inspection& from, Workload& to) {
  std::string runtime = string_member(from.host(), "Runtime");
  if (from.podman() || runtime.empty() || runtime == from.daemon.default_runtime) return;
  if (from.daemon.default_runtime.empty() && (runtime == "runc" || runtime == "io.containerd.runc.v2")) return;
  to.runtime.state(std::move(runtime), from.at("HostConfig.Runtime"));
}

void read_stop(const Inspection& from, Workload& to) {
  std::string signal = string_member(from.config(), "StopSignal");
  const bool inherited = from.image_config.is_object() && string_member(from.image_config, "StopSignal") == signal;
  if (!signal.empty() && signal != "SIGTERM" && !inherited)
    to.stop_signal.state(std::move(signal), from.at("Config.StopSignal"));
  const std::int64_t timeout = integer_member(from.config(), "StopTimeout");
  if (timeout > 0 && !(from.podman() && timeout == 10))
    to.stop_grace_period.state(std::to_string(timeout) + "s", from.at("Config.StopTimeout"));
}

}  // namespace

void read_life(const Inspection& from, Workload& to) {
  read_health(from, to);
  read_restart(from, to);
  read_logging(from, to);
  read_runtime(from, to);
  read_stop(from, to);
  const auto flag = [&](const Json& object, const char* name, const char* key, Field<bool>& field) {
    if (net::bool_member(object, key)) field.state(true, from.at(std::string(name) + "." + key));
  };
  flag(from.host(), "HostConfig", "Init", to.init);
  flag(from.host(), "HostConfig", "AutoRemove", to.remove);
  flag(from.config(), "Config", "Tty", to.tty);
  flag(from.config(), "Config", "OpenStdin", to.stdin_open);
}

}  // namespace oakum::engine
