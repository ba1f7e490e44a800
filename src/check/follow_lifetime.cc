// What it may use, how it is watched, stopped and logged.
#include <algorithm>
#include <cmath>

#include "check/follow_controls.h"
#include "model/platform_defaults.h"

namespace oakum::check {

namespace {

std::string amount(std::int64_t value) { return std::to_string(value); }
// "0.5", "2"
std::string amount(double value) {
  std::string text = std::to_string(value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

template <class T>
FollowOutcome follow_limit(const Link& link, const Field<T>& field, std::string_view unit, bool is_limited,
                           const std::optional<std::string>& kernel) {
  FollowOutcome finding;
  finding.add(std::string(kDefault), is_limited && !field ? "limited" : "unlimited");
  add_statements(
      field, *link.subjects,
      [unit](T value) { return value > 0 ? amount(value) + std::string(unit) : std::string("unlimited"); },
      finding.steps);
  finding.held = is_limited;
  if (link.workload->kernel) {
    finding.held = kernel.has_value();
    finding.steps.push_back({"kernel", kernel.value_or("unlimited"), false});
  }
  finding.outcome = *finding.held ? "limited" : "unlimited";
  return finding;
}

FollowOutcome follow_memory(const Link& link) {
  std::optional<std::string> kernel;
  if (link.workload->kernel && link.workload->kernel->memory_limit)
    kernel = std::to_string(*link.workload->kernel->memory_limit) + " bytes";
  return follow_limit(link, link.workload->memory, " bytes", effective_memory(*link.workload).has_value(), kernel);
}

FollowOutcome follow_pids(const Link& link) {
  std::optional<std::string> kernel;
  if (link.workload->kernel && link.workload->kernel->pids_limit)
    kernel = std::to_string(*link.workload->kernel->pids_limit);
  return follow_limit(link, link.workload->pids_limit, " processes", effective_pids(*link.workload).has_value(),
                      kernel);
}

FollowOutcome follow_cpus(const Link& link) {
  std::optional<std::string> kernel;
  if (link.workload->kernel && link.workload->kernel->cpus) kernel = amount(*link.workload->kernel->cpus) + " cores";
  return follow_limit(link, link.workload->cpus, " cores", effective_cpus(*link.workload).has_value(), kernel);
}

std::string check_words(const HealthCheck& check) {
  if (check.disabled) return "the check is switched off";
  return "a check" + (check.interval.empty() ? std::string() : " every " + check.interval);
}

// HEALTHCHECK of the Dockerfile, else of the image under it.
std::optional<bool> add_image_check(const Link& link, FollowOutcome& finding) {
  const Dockerfile* file = built_from(link);
  const ImageFacts* image = image_under(link);
  std::optional<bool> checks;
  if (image != nullptr) {
    checks = image->healthcheck && !image->healthcheck->disabled;
    finding.add("image " + image->name, image->healthcheck ? check_words(*image->healthcheck) : "no HEALTHCHECK");
  }
  if (file == nullptr) return checks;
  const Instruction* own = last_of(*file, InstructionKind::healthcheck);
  if (own == nullptr) return checks;
  finding.add(place_of(link, *file, *own), "HEALTHCHECK " + own->healthcheck_type);
  return own->healthcheck_type != "NONE";
}

FollowOutcome follow_probes(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  finding.add(std::string(kDefault), "no probe; HEALTHCHECK of the image is not used");
  const auto add = [&](const Field<Probe>& field, std::string_view name) {
    add_statements(
        field, *link.subjects, [&](const Probe& probe) { return std::string(name) + " by " + probe.handler; },
        finding.steps);
  };
  add(workload.startup, "startup probe");
  add(workload.readiness, "readiness probe");
  add(workload.liveness, "liveness probe");
  const bool held = workload.liveness || workload.readiness;
  finding.decide(held, held ? "its health is watched" : "nothing watches its health");
  return finding;
}

FollowOutcome follow_healthcheck(const Link& link) {
  const Workload& workload = *link.workload;
  if (workload.engine == Engine::kubernetes) return follow_probes(link);
  FollowOutcome finding;
  std::optional<bool> held = add_image_check(link, finding);
  add_statements(workload.healthcheck, *link.subjects, check_words, finding.steps);
  if (workload.healthcheck.known()) held = !workload.healthcheck->disabled;
  if (held) finding.decide(*held, *held ? "its health is watched" : "nothing watches its health");
  return finding;
}

std::string restart_words(const RestartPolicy& policy) {
  return "restart " + policy.name + (policy.max_retries ? ":" + std::to_string(*policy.max_retries) : "");
}

FollowOutcome follow_restart(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  const bool kubernetes = workload.engine == Engine::kubernetes;
  finding.add(std::string(kDefault), kubernetes ? "restart always, later each time" : "not restarted");
  add_statements(workload.restart, *link.subjects, restart_words, finding.steps);
  // Without end and without delay is what the benchmark warns of; Kubernetes waits longer each time.
  const bool stated = workload.restart.known();
  const std::string name = stated ? workload.restart->name : "no";
  const bool endless = !kubernetes && (name == "always" || (name == "on-failure" && !workload.restart->max_retries));
  finding.decide(!endless, endless ? "is restarted without end" : "is not restarted without end");
  return finding;
}

std::string log_words(const Logging& logging) {
  std::string text = "driver " + (logging.driver.empty() ? std::string("of the engine") : logging.driver);
  for (const KeyValue& option : logging.options) text += ", " + option.key + "=" + option.value;
  return text;
}

FollowOutcome follow_logging(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  if (workload.engine == Engine::kubernetes) {
    finding.add(std::string(kDefault), "files that the kubelet rotates");
    finding.decide(true, "logs are kept and bounded");
    return finding;
  }
  const bool podman = workload.engine == Engine::podman;
  finding.add(std::string(kDefault),
              podman ? "the journal, or a file" : "a file without a limit (unless the daemon is configured)");
  add_statements(workload.logging, *link.subjects, log_words, finding.steps);
  const std::string driver = workload.logging.known() ? workload.logging->driver : "";
  const bool limited =
      workload.logging.known() &&
      std::ranges::any_of(workload.logging->options, [](const KeyValue& option) { return option.key == "max-size"; });
  const bool file = driver.empty() ? !podman : driver == "json-file" || driver == "k8s-file";
  if (driver == "none") {
    finding.decide(false, "nothing is logged");
  } else {
    finding.decide(!file || limited, file && !limited ? "logs may fill the disk" : "logs are kept and bounded");
  }
  return finding;
}

// SIGKILL, 9: the program cannot end in order.
bool kills(std::string_view signal) { return signal == "SIGKILL" || signal == "KILL" || signal == "9"; }

FollowOutcome follow_stop_signal(const Link& link) {
  FollowOutcome finding;
  std::optional<std::string> signal;
  const Dockerfile* file = built_from(link);
  const ImageFacts* image = image_under(link);
  if (image != nullptr) {
    signal = image->stop_signal.empty() ? "SIGTERM" : image->stop_signal;
    finding.add("image " + image->name,
                image->stop_signal.empty() ? "no STOPSIGNAL: SIGTERM" : "STOPSIGNAL " + *signal);
  }
  const Instruction* own = file == nullptr ? nullptr : last_of(*file, InstructionKind::stopsignal);
  if (own != nullptr && !own->arguments.empty()) {
    signal = own->arguments.front().value;
    finding.add(place_of(link, *file, *own), "STOPSIGNAL " + *signal);
  }
  add_statements(
      link.workload->stop_signal, *link.subjects, [](const std::string& value) { return "stop signal " + value; },
      finding.steps);
  if (link.workload->stop_signal.known()) signal = *link.workload->stop_signal;
  if (!signal) return finding;
  const bool killed = kills(*signal);
  finding.decide(!killed, killed ? "is killed without a chance to end in order" : "is asked to end by " + *signal);
  return finding;
}

constexpr ControlRow kRows[] = {
    {{"cpus", "a limit"}, follow_cpus},
    {{"healthcheck", "a check"}, follow_healthcheck, true},
    {{"logging", "kept, with a limit"}, follow_logging},
    {{"memory", "a limit"}, follow_memory},
    {{"pids", "a limit"}, follow_pids},
    {{"restart", "not without end"}, follow_restart},
    {{"stop-signal", "one that can be caught"}, follow_stop_signal, true},
};

}  // namespace

std::span<const ControlRow> lifetime_controls() { return kRows; }

}  // namespace oakum::check
