// One container of a pod.
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "convert/kube_writer.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

using From = EnvironmentVariable::From;

YamlValue texts(const Item& item, const Field<CommandLine>& field, Notes& notes) {
  std::vector<std::string> words = field->arguments;
  if (field->shell_form && words.size() == 1) {
    auto split = split_shell_words(words[0]);
    if (!split)
      notes.assume(item, field.origin(), spelled(field.origin(), "command"),
                   "has a quote that is not closed; it is one word now");
    words = split.value_or(words);
  }
  std::vector<YamlValue> items;
  for (const std::string& word : words)
    items.emplace_back(escaped_references(kube_text(item, word, field.known(), field.origin(), notes)));
  return YamlValue::list(std::move(items));
}

std::optional<YamlValue> variable(const Item& item, const Stated<EnvironmentVariable>& stated, Notes& notes) {
  const EnvironmentVariable& variable = stated.value;
  const std::string what = "variable " + printable(variable.name, 80);
  if (!variable.value) {
    notes.cannot(item, stated.origin, what,
                 variable.from == From::host
                     ? "takes its value from where the command runs; a cluster has no such place"
                     : "its value is not here");
    return std::nullopt;
  }
  if (variable.name.empty() || variable.name.find('=') != std::string::npos) return std::nullopt;
  const std::string value = kube_text(item, *variable.value, stated.known, stated.origin, notes);
  return YamlValue::map({{"name", YamlValue(variable.name)}, {"value", YamlValue(escaped_references(value))}});
}

bool is_of_file(const Stated<EnvironmentVariable>& stated) {
  return stated.value.from == From::file || stated.origin.node.starts_with("--env-file.");
}

YamlValue environment(const Item& item, Notes& notes) {
  std::vector<YamlValue> list;
  std::map<std::string, std::size_t> places;
  for (const Stated<EnvironmentVariable>& stated : item.workload->environment) {
    if (is_of_file(stated)) continue;
    auto value = variable(item, stated, notes);
    if (!value) continue;
    const auto [place, fresh] = places.emplace(stated.value.name, list.size());
    if (fresh) {
      list.push_back(std::move(*value));
    } else {
      list[place->second] = std::move(*value);
    }
  }
  return YamlValue::list(std::move(list));
}

// What a file holds may be secret: it is not copied here.
YamlValue files(const Item& item, Notes& notes) {
  std::vector<YamlValue> list;
  for (const Stated<std::string>& stated : item.workload->env_files) {
    const std::string name = dns_label(item.name + "-" + stated.value.substr(stated.value.rfind('/') + 1));
    list.push_back(YamlValue::map({{"secretRef", YamlValue::map({{"name", YamlValue(name)}})}}));
    notes.assume(item, stated.origin, "Secret " + name,
                 "holds what is in " + printable(stated.value, 120) + "; make it with: kubectl create secret generic " +
                     name + " --from-env-file=" + shell_quoted(printable(stated.value, 120)));
  }
  return YamlValue::list(std::move(list));
}

struct PortKey {
  std::uint32_t port;
  std::string protocol;
  bool operator==(const PortKey&) const = default;
};

YamlValue ports(const Item& item, Notes& notes) {
  constexpr std::uint32_t kMostOfRange = 100;
  std::vector<PortKey> all;
  std::set<std::pair<std::uint32_t, std::string>> seen;
  const auto add = [&](std::uint32_t first, std::uint32_t last, const std::string& protocol, const Origin& origin) {
    if (first == 0) return;
    if (last - first >= kMostOfRange)
      notes.cannot(item, origin, "range of ports " + port_range(first, last),
                   "a pod names each port; the first 100 are named");
    for (std::uint32_t port = first; port <= last && port - first < kMostOfRange; ++port) {
      const PortKey key{port, protocol.empty() ? "tcp" : protocol};
      if (seen.emplace(key.port, key.protocol).second) all.push_back(key);
    }
  };
  for (const Stated<PublishedPort>& stated : item.workload->ports)
    add(stated.value.container_first, stated.value.container_last, stated.value.protocol, stated.origin);
  for (const Stated<ContainerPort>& stated : item.workload->exposed)
    add(stated.value.first, stated.value.last, stated.value.protocol, stated.origin);
  std::vector<YamlValue> list;
  for (const PortKey& key : all) {
    Members members{{"containerPort", YamlValue::integer(key.port)}};
    if (key.protocol == "udp") members.emplace_back("protocol", YamlValue("UDP"));
    if (key.protocol == "sctp") members.emplace_back("protocol", YamlValue("SCTP"));
    list.push_back(YamlValue::map(std::move(members)));
  }
  return YamlValue::list(std::move(list));
}

YamlValue resources(const Workload& workload) {
  Members limits, requests;
  const auto bytes = [](Members& to, std::string key, const Field<std::int64_t>& field) {
    if (field.known() && *field > 0) to.emplace_back(std::move(key), YamlValue(quantity_text(*field)));
  };
  const auto cores = [](Members& to, const Field<double>& field) {
    if (field.known() && *field > 0) to.emplace_back("cpu", YamlValue(cores_text(*field)));
  };
  cores(requests, workload.cpu_reservation);
  bytes(requests, "memory", workload.memory_reservation);
  cores(limits, workload.cpus);
  bytes(limits, "memory", workload.memory);
  Members members;
  if (!requests.empty()) members.emplace_back("requests", YamlValue::map(std::move(requests)));
  if (!limits.empty()) members.emplace_back("limits", YamlValue::map(std::move(limits)));
  return YamlValue::map(std::move(members));
}

void probes(const Item& item, Members& out, Notes& notes) {
  const Field<HealthCheck>& check = item.workload->healthcheck;
  if (!check || check->disabled) return;
  if (check->test.arguments.empty()) {
    notes.cannot(item, check.origin(), "healthcheck",
                 "changes the times of the image's own check, which is not known here");
    return;
  }
  out.emplace_back("livenessProbe", kube_probe(*check));
  out.emplace_back("readinessProbe", kube_probe(*check));
  notes.assume(item, check.origin(), "livenessProbe",
               "a container whose check fails is started again, and gets no requests meanwhile; Docker only shows it");
}

std::string pull_policy(const std::string& policy) {
  if (policy == "always") return "Always";
  if (policy == "never") return "Never";
  if (policy == "missing" || policy == "if_not_present") return "IfNotPresent";
  return {};
}

void image(const Item& item, Members& out, Notes& notes) {
  const Workload& workload = *item.workload;
  if (workload.image) {
    const Field<ImageReference>& image = workload.image;
    out.emplace_back("image", YamlValue(kube_text(item, image->text, image.known(), image.origin(), notes)));
  } else {
    out.emplace_back("image", YamlValue(to_lower(item.name)));
  }
  if (workload.build)
    notes.cannot(item, workload.build.origin(), "build",
                 "a cluster builds nothing: push the image to a registry and name it");
  if (!workload.pull_policy) return;
  const std::string policy = pull_policy(*workload.pull_policy);
  if (!policy.empty()) return out.emplace_back("imagePullPolicy", YamlValue(policy)), void();
  notes.cannot(item, workload.pull_policy.origin(), "pull policy " + printable(*workload.pull_policy, 40),
               "has no counterpart in Kubernetes");
}

void add_unless_empty(Members& out, std::string key, YamlValue value) {
  if (!value.is_empty()) out.emplace_back(std::move(key), std::move(value));
}

}  // namespace

YamlValue kube_probe(const HealthCheck& check) {
  std::vector<std::string> words = check.test.arguments;
  if (check.test.shell_form && words.size() == 1) words = {"/bin/sh", "-c", words[0]};
  std::vector<YamlValue> command;
  for (const std::string& word : words) command.emplace_back(word);
  Members members{{"exec", YamlValue::map({{"command", YamlValue::list(std::move(command))}})}};
  const auto seconds = [&](std::string key, const std::string& text, std::int64_t fallback) {
    const std::int64_t value = seconds_of(text).value_or(fallback);
    if (value > 0) members.emplace_back(std::move(key), YamlValue::integer(value));
  };
  seconds("initialDelaySeconds", check.start_period, 0);
  seconds("periodSeconds", check.interval, 30);  // what Docker does when nothing is said
  seconds("timeoutSeconds", check.timeout, 30);
  members.emplace_back("failureThreshold", YamlValue::integer(check.retries.value_or(3)));
  return YamlValue::map(std::move(members));
}

YamlValue kube_container(KubePod& pod, const Item& item) {
  const Workload& workload = *item.workload;
  Notes& notes = pod.notes;
  Members out{{"name", YamlValue(dns_label(item.name))}};
  image(item, out, notes);
  if (workload.entrypoint) add_unless_empty(out, "command", texts(item, workload.entrypoint, notes));
  if (workload.command) add_unless_empty(out, "args", texts(item, workload.command, notes));
  if (workload.working_dir)
    out.emplace_back("workingDir", YamlValue(kube_text(item, *workload.working_dir, workload.working_dir.known(),
                                                       workload.working_dir.origin(), notes)));
  add_unless_empty(out, "ports", ports(item, notes));
  add_unless_empty(out, "envFrom", files(item, notes));
  add_unless_empty(out, "env", environment(item, notes));
  add_unless_empty(out, "resources", resources(workload));
  add_unless_empty(out, "securityContext", kube_security(item, notes));
  probes(item, out, notes);
  add_unless_empty(out, "volumeMounts", kube_mounts(pod, item));
  if (workload.stdin_open.is(true)) out.emplace_back("stdin", YamlValue::boolean(true));
  if (workload.tty.is(true)) out.emplace_back("tty", YamlValue::boolean(true));
  return YamlValue::map(std::move(out));
}

}  // namespace oakum::convert
