#include "convert/healthcheck.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::convert {

namespace {

struct ProbeRow {
  std::string_view name;
  Field<Probe> Workload::* field;
};
// In the order in which one is preferred: what ends a container that hangs, then what keeps requests from it.
constexpr ProbeRow kProbes[] = {
    {"livenessProbe", &Workload::liveness},
    {"readinessProbe", &Workload::readiness},
    {"startupProbe", &Workload::startup},
};

// A number beside the probe's handler; the model has only the handler.
std::string number_of(const Item& item, const Origin& probe, std::string_view key) {
  if (item.object == nullptr) return {};
  const auto* scalar = item.object->scalar(probe.node + "." + std::string(key));
  return scalar == nullptr ? std::string() : scalar->value.value;
}

std::string seconds(const Item& item, const Origin& probe, std::string_view key) {
  const std::string number = number_of(item, probe, key);
  return number.empty() ? number : number + "s";
}

// What the engine runs for a check of the shell form.
CommandLine command_of(const std::vector<std::string>& words) {
  const bool shell = words.size() == 3 && words[0] == "/bin/sh" && words[1] == "-c";
  return shell ? CommandLine{{words[2]}, true} : CommandLine{words, false};
}

HealthCheck check_of(const Item& item, const Field<Probe>& probe) {
  HealthCheck check;
  check.test = command_of(probe->command);
  check.interval = seconds(item, probe.origin(), "periodSeconds");
  check.timeout = seconds(item, probe.origin(), "timeoutSeconds");
  check.start_period = seconds(item, probe.origin(), "initialDelaySeconds");
  check.retries = parse_number<int>(number_of(item, probe.origin(), "failureThreshold"));
  return check;
}

}  // namespace

Field<HealthCheck> healthcheck_of_probes(const Item& item, Notes& notes) {
  Field<HealthCheck> check;
  const Probe* taken = nullptr;
  for (const ProbeRow& row : kProbes) {
    const Field<Probe>& probe = item.workload->*row.field;
    if (!probe) continue;
    const bool command = probe->handler == "exec" && !probe->command.empty();
    if (command && taken == nullptr) {
      check.state(check_of(item, probe), probe.origin());
      taken = &*probe;
    } else if (!command) {
      notes.cannot(item, probe.origin(), std::string(row.name),
                   "asks by " + printable(probe->handler, 40) + ", and a health check is a command in the container");
    } else if (!(*probe == *taken)) {
      notes.cannot(item, probe.origin(), std::string(row.name),
                   "a service has one health check, and another probe is it");
    }
  }
  return check;
}

}  // namespace oakum::convert
