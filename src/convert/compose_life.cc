// How the container starts, is watched and ends; and what the model has no field for.
#include <algorithm>

#include "base/text.h"
#include "convert/compose_writer.h"
#include "convert/healthcheck.h"
#include "convert/unmodelled.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

YamlValue test_of(const ComposeWriter& writer, const Field<HealthCheck>& check) {
  const auto escape = [&](const std::string& text) {
    return YamlValue(writer.text(text, check.known(), check.origin()));
  };
  const CommandLine& test = check->test;
  if (test.shell_form && test.arguments.size() == 1) return escape(test.arguments[0]);
  std::vector<YamlValue> words{YamlValue(test.shell_form ? "CMD-SHELL" : "CMD")};
  for (const std::string& argument : test.arguments) words.push_back(escape(argument));
  return YamlValue::list(std::move(words));
}

void write_healthcheck(const ComposeWriter& writer, const Field<HealthCheck>& check) {
  if (!check) return;
  if (check->disabled) return writer.add("healthcheck", YamlValue::map({{"disable", YamlValue::boolean(true)}}));
  Members members;
  if (!check->test.arguments.empty()) members.emplace_back("test", test_of(writer, check));
  const auto add = [&](std::string key, const std::string& value) {
    if (!value.empty())
      members.emplace_back(std::move(key), YamlValue(writer.text(value, check.known(), check.origin())));
  };
  add("interval", check->interval);
  add("timeout", check->timeout);
  if (check->retries) members.emplace_back("retries", YamlValue::integer(*check->retries));
  add("start_period", check->start_period);
  add("start_interval", check->start_interval);
  if (!members.empty()) writer.add("healthcheck", YamlValue::map(std::move(members)));
}

void write_restart(const ComposeWriter& writer) {
  const Field<RestartPolicy>& restart = writer.workload().restart;
  if (!restart) return;
  std::string text = restart->name;
  if (restart->max_retries && *restart->max_retries > 0) text += ":" + std::to_string(*restart->max_retries);
  writer.add("restart", YamlValue(writer.text(text, restart.known(), restart.origin())));
}

void write_logging(const ComposeWriter& writer) {
  const Field<Logging>& logging = writer.workload().logging;
  if (!logging) return;
  const auto escape = [&](const std::string& text) {
    return YamlValue(writer.text(text, logging.known(), logging.origin()));
  };
  Members members;
  if (!logging->driver.empty()) members.emplace_back("driver", escape(logging->driver));
  Members options;
  for (const KeyValue& option : logging->options) options.emplace_back(option.key, escape(option.value));
  if (!options.empty()) members.emplace_back("options", YamlValue::map(std::move(options)));
  writer.add("logging", YamlValue::map(std::move(members)));
}

// Labels by which a controller knows its pods mean nothing elsewhere.
void write_labels(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  if (!workload.pod) return writer.add_pairs("labels", workload.labels);
  List<KeyValue> labels;
  for (const Stated<KeyValue>& label : workload.labels) {
    if (is_of_controller(*workload.pod, label.value)) continue;
    labels.add(label.value, label.origin, label.known);
  }
  writer.add_pairs("labels", labels);
}

// A pod's policy is for all containers, and "always" when nothing is said.
void write_restart_of_pod(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  if (workload.pod->role == PodFacts::Role::init) return writer.add("restart", YamlValue("no"));
  if (workload.restart && !workload.restart.is({"always", {}})) {
    RestartPolicy policy = *workload.restart;
    const auto* limit = writer.item.object == nullptr ? nullptr : writer.item.object->scalar("spec.backoffLimit");
    std::string text = policy.name;
    if (limit != nullptr && policy.name == "on-failure" && limit->value.value != "0") text += ":" + limit->value.value;
    return writer.add("restart", YamlValue(text));
  }
  writer.add("restart", YamlValue("always"));
}

}  // namespace

void write_life(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  writer.add_bool("init", workload.init);
  write_healthcheck(writer, writer.item.is(Surface::kubernetes) ? healthcheck_of_probes(writer.item, writer.notes)
                                                                : workload.healthcheck);
  if (workload.pod) {
    write_restart_of_pod(writer);
  } else {
    write_restart(writer);
  }
  writer.add_text("stop_signal", workload.stop_signal);
  writer.add_text("stop_grace_period", workload.stop_grace_period);
  write_logging(writer);
  if (!writer.item.is(Surface::kubernetes)) writer.add_text("runtime", workload.runtime);
  writer.add_bool("tty", workload.tty);
  writer.add_bool("stdin_open", workload.stdin_open);
  write_labels(writer);
  if (!writer.item.is(Surface::kubernetes)) writer.add_pairs("annotations", workload.annotations);
}

void write_rest(const ComposeWriter& writer) {
  for (const SaidElsewhere& said : said_in_compose(writer.item)) {
    YamlValue value(writer.text(said.value, said.known, said.origin));
    if (!said.list) {
      writer.add(said.name, std::move(value));
      continue;
    }
    const auto found = std::ranges::find(writer.out, said.name, [](const auto& member) { return member.first; });
    if (found != writer.out.end()) {
      found->second.items.push_back(std::move(value));
    } else {
      writer.add(said.name, YamlValue::list({std::move(value)}));
    }
  }
}

}  // namespace oakum::convert
