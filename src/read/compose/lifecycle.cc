// How the container starts, is watched and ends.
#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "read/compose/readers.h"

namespace oakum::compose {

namespace {

std::string text_of(const Value& map, std::string_view key) {
  const Value* found = map.find(key);
  return found != nullptr && found->is_scalar() ? found->text : std::string();
}

// A string is for the shell; a list starts with NONE, CMD or CMD-SHELL.
void read_test(Service& service, const Value& test, HealthCheck& check) {
  if (test.is_scalar()) {
    check.test = {{test.text}, true};
    return;
  }
  CommandLine line = command_line(test);
  const std::string kind = line.arguments.empty() ? std::string() : line.arguments.front();
  if (kind == "NONE") {
    check.disabled = true;
  } else if (kind == "CMD" || kind == "CMD-SHELL") {
    line.arguments.erase(line.arguments.begin());
    line.shell_form = kind == "CMD-SHELL";
    check.test = std::move(line);
  } else if (!test.is_null() && test.known) {
    service.context.error(test, "the test of a health check starts with NONE, CMD or CMD-SHELL");
  }
}

void read_healthcheck(Service& service, const Value& value) {
  HealthCheck check;
  Origin where = key_origin(service, value, "healthcheck");
  bool known = true;
  if (const Value* test = value.find("test")) {
    read_test(service, *test, check);
    where = origin(service, *test, "healthcheck.test");
    known = all_known(*test);
  }
  check.interval = text_of(value, "interval");
  check.timeout = text_of(value, "timeout");
  check.start_period = text_of(value, "start_period");
  check.start_interval = text_of(value, "start_interval");
  if (const Value* retries = value.find("retries")) {
    if (const auto number = as_integer(*retries)) check.retries = static_cast<int>(*number);
  }
  const Value* disable = value.find("disable");
  if (disable != nullptr && as_bool(*disable).value_or(false)) {
    check.disabled = true;
    where = origin(service, *disable, "healthcheck.disable");
  }
  service.workload.healthcheck.state(std::move(check), std::move(where), known);
}

// no, always, unless-stopped, on-failure[:MAX]
std::optional<RestartPolicy> restart_policy(const Value& value) {
  if (!value.is_scalar()) return std::nullopt;
  std::string_view rest = value.text;
  RestartPolicy policy;
  policy.name = std::string(next_field(rest, ':'));
  if (!rest.empty()) policy.max_retries = parse_number<int>(rest);
  constexpr std::string_view kNames[] = {"no", "always", "unless-stopped", "on-failure"};
  for (const std::string_view name : kNames) {
    if (name == policy.name) return policy;
  }
  return std::nullopt;
}

void read_restart(Service& service, const Value& value) {
  state_all(service, value, "restart", service.workload.restart, restart_policy,
            "\"no\", always, unless-stopped or on-failure");
}

void read_logging(Service& service, const Value& value) {
  Logging logging;
  logging.driver = text_of(value, "driver");
  bool known = true;
  if (const Value* driver = value.find("driver")) known = driver->known;
  if (const Value* options = value.find("options")) {
    for (const Entry& entry : options->members) {
      logging.options.push_back({entry.name, entry.value.text});
      known = known && entry.value.known;
    }
  }
  service.workload.logging.state(std::move(logging), key_origin(service, value, "logging"), known);
}

void read_depends_on(Service& service, const Value& value) {
  if (!value.is_map()) return add_texts(service, value, "depends_on", service.workload.depends_on);
  List<std::string>& list = service.workload.depends_on;
  list.stated = true;
  list.origin = key_origin(service, value, "depends_on");
  for (const Entry& entry : value.members) {
    list.add(entry.name,
             service.context.origin(entry.value, entry.value.key, service.path + ".depends_on." + entry.name));
    const Value* condition = entry.value.find("condition");
    const bool usual = condition == nullptr || condition->text == "service_started";
    if (!usual) leave_unmodelled(service, entry.value, "depends_on." + entry.name, {"required"});
  }
}

constexpr std::array kKeys{
    Key{"healthcheck", read_healthcheck},
    Key{"restart", read_restart},
    bool_key<"init", &Workload::init>,
    text_key<"stop_signal", &Workload::stop_signal>,
    text_key<"stop_grace_period", &Workload::stop_grace_period>,
    Key{"logging", read_logging},
    text_key<"runtime", &Workload::runtime>,
    bool_key<"tty", &Workload::tty>,
    bool_key<"stdin_open", &Workload::stdin_open>,
    Key{"depends_on", read_depends_on},
    texts_key<"profiles", &Workload::profiles>,
};

}  // namespace

Keys lifecycle_keys() { return kKeys; }

}  // namespace oakum::compose
