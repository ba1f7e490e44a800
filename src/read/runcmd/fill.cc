#include "read/runcmd/fill.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "read/runcmd/mounts.h"
#include "read/runcmd/values.h"

namespace oakum::runcmd {

namespace {

// `"abc" is not a size`, unless the value is not there to read.
std::string is_no(const Given& given, std::string_view what) {
  if (!given.known) return {};
  return "\"" + printable(given.value, 80) + "\" is not " + std::string(what);
}

template <class T>
std::string add(List<T>& list, std::optional<T> value, const Given& given, std::string_view what) {
  if (value) list.add(std::move(*value), given.origin, given.known);
  return value ? std::string() : is_no(given, what);
}

// The statement that is there, to be added to; the first flag's place stays that of the whole.
template <class T, class Change>
void change(Field<T>& field, const Given& given, Change apply) {
  Stated<T> whole = field ? field.winner() : Stated<T>{{}, given.origin, true};
  apply(whole.value);
  field.reset();
  field.state(std::move(whole.value), std::move(whole.origin), whole.known && given.known);
}

}  // namespace

template <auto Member>
std::string boolean(Draft& draft, const Given& given) {
  const auto value = bool_of(given.value);
  (draft.workload.*Member).state(value.value_or(false), given.origin, given.known && value.has_value());
  return value ? std::string() : is_no(given, "a boolean");
}
template <auto Member>
std::string size(Draft& draft, const Given& given) {
  const auto value = size_of(given.value);
  (draft.workload.*Member).state(value.value_or(0), given.origin, given.known && value.has_value());
  return value ? std::string() : is_no(given, "a size");
}
template <auto Member>
std::string number(Draft& draft, const Given& given) {
  const auto value = parse_number<std::int64_t>(given.value);
  (draft.workload.*Member).state(value.value_or(0), given.origin, given.known && value.has_value());
  return value ? std::string() : is_no(given, "a whole number");
}
template <auto Member>
std::string pair(Draft& draft, const Given& given) {
  (draft.workload.*Member).add(key_value(given.value), given.origin, given.known);
  return {};
}

template std::string boolean<&Workload::init>(Draft&, const Given&);
template std::string boolean<&Workload::oom_kill_disable>(Draft&, const Given&);
template std::string boolean<&Workload::privileged>(Draft&, const Given&);
template std::string boolean<&Workload::publish_all>(Draft&, const Given&);
template std::string boolean<&Workload::read_only>(Draft&, const Given&);
template std::string boolean<&Workload::remove>(Draft&, const Given&);
template std::string boolean<&Workload::stdin_open>(Draft&, const Given&);
template std::string boolean<&Workload::tty>(Draft&, const Given&);
template std::string size<&Workload::memory>(Draft&, const Given&);
template std::string size<&Workload::memory_reservation>(Draft&, const Given&);
template std::string size<&Workload::memory_swap>(Draft&, const Given&);
template std::string size<&Workload::shm_size>(Draft&, const Given&);
template std::string number<&Workload::cpu_shares>(Draft&, const Given&);
template std::string number<&Workload::oom_score_adj>(Draft&, const Given&);
template std::string number<&Workload::pids_limit>(Draft&, const Given&);
template std::string pair<&Workload::annotations>(Draft&, const Given&);
template std::string pair<&Workload::labels>(Draft&, const Given&);
template std::string pair<&Workload::sysctls>(Draft&, const Given&);

std::string user(Draft& draft, const Given& given) {
  const auto parts = split_outside(given.value, ':');
  draft.workload.user.state(std::string(parts[0]), given.origin, given.known);
  if (parts.size() > 1) draft.workload.group.state(std::string(parts[1]), given.origin, given.known);
  return {};
}

std::string entrypoint(Draft& draft, const Given& given) {
  CommandLine line;
  const auto items = draft.workload.engine == Engine::podman ? json_strings(given.value) : std::nullopt;
  if (items) {
    line.arguments = *items;
  } else if (!given.value.empty()) {
    line.arguments.emplace_back(given.value);
  }
  draft.workload.entrypoint.state(std::move(line), given.origin, given.known);
  return {};
}

std::string environment(Draft& draft, const Given& given) {
  const std::size_t equals = given.value.find('=');
  EnvironmentVariable variable;
  variable.name = given.value.substr(0, equals);
  if (equals == std::string_view::npos) {
    variable.from = EnvironmentVariable::From::host;
  } else {
    variable.value = given.value.substr(equals + 1);
  }
  draft.workload.environment.add(std::move(variable), given.origin, given.known);
  return {};
}

std::string stop_timeout(Draft& draft, const Given& given) {
  draft.workload.stop_grace_period.state(std::string(given.value) + "s", given.origin, given.known);
  return parse_number<std::int64_t>(given.value) ? std::string() : is_no(given, "a number of seconds");
}

std::string restart(Draft& draft, const Given& given) {
  const std::size_t colon = given.value.find(':');
  RestartPolicy policy{.name = std::string(given.value.substr(0, colon)), .max_retries = {}};
  if (colon != std::string_view::npos) policy.max_retries = parse_number<int>(given.value.substr(colon + 1));
  draft.workload.restart.state(std::move(policy), given.origin, given.known);
  return {};
}

std::string log_driver(Draft& draft, const Given& given) {
  change(draft.workload.logging, given, [&](Logging& logging) { logging.driver = given.value; });
  return {};
}

std::string log_option(Draft& draft, const Given& given) {
  change(draft.workload.logging, given, [&](Logging& logging) { logging.options.push_back(key_value(given.value)); });
  return {};
}

std::string health(Draft& draft, const Given& given) {
  const std::string value(given.value);
  std::string wrong;
  change(draft.workload.healthcheck, given, [&](HealthCheck& check) {
    if (given.flag == "no-healthcheck") {
      check.disabled = bool_of(value).value_or(true);
    } else if (given.flag == "health-cmd") {
      check.disabled = draft.workload.engine == Engine::podman && to_lower(value) == "none";
      const auto items = draft.workload.engine == Engine::podman ? json_strings(value) : std::nullopt;
      check.test = items ? CommandLine{*items, false} : CommandLine{{value}, true};
    } else if (given.flag == "health-interval") {
      check.interval = value;
    } else if (given.flag == "health-timeout") {
      check.timeout = value;
    } else if (given.flag == "health-start-period") {
      check.start_period = value;
    } else if (given.flag == "health-start-interval") {
      check.start_interval = value;
    } else if (given.flag == "health-retries") {
      check.retries = parse_number<int>(value);
      if (!check.retries) wrong = is_no(given, "a whole number");
    }
  });
  return wrong;
}

std::string volume(Draft& draft, const Given& given) {
  return add(draft.workload.mounts, volume_of(given.value), given, "a volume: [source:]target[:options]");
}

std::string mount(Draft& draft, const Given& given) {
  return add(draft.workload.mounts, mount_of(given.value), given, "a mount: it has no target");
}

std::string tmpfs(Draft& draft, const Given& given) {
  draft.workload.mounts.add(tmpfs_of(given.value), given.origin, given.known);
  return {};
}

std::string device(Draft& draft, const Given& given) {
  const auto parts = split_outside(given.value, ':');
  Device device;
  device.host = parts[0];
  const auto is_permissions = [](std::string_view text) {
    return text.find_first_not_of("rwm") == std::string_view::npos;
  };
  if (parts.size() == 2 && is_permissions(parts[1])) {
    device.permissions = parts[1];
  } else if (parts.size() > 1) {
    device.container = parts[1];
  }
  if (parts.size() > 2) device.permissions = parts[2];
  draft.workload.devices.add(std::move(device), given.origin, given.known);
  return {};
}

std::string secret(Draft& draft, const Given& given) {  // podman: NAME[,type=mount|env][,target=…][,uid=…]…
  const auto fields = split_csv(given.value);
  SecretMount secret;
  secret.name = fields[0];
  secret.external = true;
  bool as_variable = false;
  for (std::size_t i = 1; i < fields.size(); ++i) {
    const KeyValue field = key_value(fields[i]);
    if (field.key == "target") secret.target = field.value;
    if (field.key == "uid") secret.uid = field.value;
    if (field.key == "gid") secret.gid = field.value;
    if (field.key == "mode") secret.mode = field.value;
    if (field.key == "type") as_variable = field.value == "env";
  }
  if (as_variable) {
    EnvironmentVariable variable{.name = secret.target.empty() ? secret.name : secret.target,
                                 .value = {},
                                 .from = EnvironmentVariable::From::secret,
                                 .reference = secret.name};
    draft.workload.environment.add(std::move(variable), given.origin, given.known);
  } else {
    draft.workload.secrets.add(std::move(secret), given.origin, given.known);
  }
  return {};
}

std::string api_socket(Draft& draft, const Given& given) {
  if (!bool_of(given.value).value_or(true)) return {};
  Mount socket{.kind = MountKind::bind, .type = "bind", .source = "/var/run/docker.sock"};
  socket.target = "/var/run/docker.sock";
  draft.workload.mounts.add(std::move(socket), given.origin, given.known);
  return {};
}

std::string publish(Draft& draft, const Given& given) {
  return add(draft.workload.ports, port_of(given.value), given, "a port: [ip:][host:]container[/protocol]");
}

std::string expose(Draft& draft, const Given& given) {
  return add(draft.workload.exposed, container_port_of(given.value), given, "a port or a range of ports");
}

std::string ulimit(Draft& draft, const Given& given) {
  if (given.value == "host") return unmodelled(draft, given);  // podman: those of the user
  return add(draft.workload.ulimits, ulimit_of(given.value), given, "a limit: name=soft[:hard]");
}

std::string cpus(Draft& draft, const Given& given) {
  const auto value = parse_number<double>(given.value);
  draft.workload.cpus.state(value.value_or(0), given.origin, given.known && value.has_value());
  return value ? std::string() : is_no(given, "a number of processors");
}

std::string cpu_quota(Draft& draft, const Given& given) {
  const auto value = parse_number<std::int64_t>(given.value);
  draft.cpu_quota.state(value.value_or(0), given.origin, given.known && value.has_value());
  return value ? std::string() : is_no(given, "a number of microseconds");
}

std::string cpu_period(Draft& draft, const Given& given) {
  const auto value = parse_number<std::int64_t>(given.value);
  draft.cpu_period.state(value.value_or(0), given.origin, given.known && value.has_value());
  return value ? std::string() : is_no(given, "a number of microseconds");
}

std::string unmodelled(Draft& draft, const Given& given) {
  draft.workload.unmodelled.add({"--" + std::string(given.flag), std::string(given.value)}, given.origin, given.known);
  return {};
}

}  // namespace oakum::runcmd
