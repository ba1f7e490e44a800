#include <algorithm>
#include <set>

#include "base/text.h"
#include "convert/emit.h"
#include "convert/fields.h"
#include "convert/healthcheck.h"
#include "convert/names.h"
#include "convert/object_rest.h"
#include "convert/pod_services.h"
#include "convert/pod_text.h"
#include "convert/run_writer.h"
#include "convert/unmodelled.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

constexpr CannotSay kCannot[] = {
    {"run_as_non_root", "docker run does not refuse to start as root; say a user"},
    {"masked_paths", "the engine has its own list"},
    {"readonly_paths", "the engine has its own list"},
    {"share_process_namespace", "share one with --pid container:NAME"},
    {"cpu_reservation", "one engine keeps no processors for a container"},
    {"ephemeral_storage", "docker run does not limit what is written to disk"},
    {"ephemeral_storage_request", "docker run does not limit what is written to disk"},
    {"post_start", "docker run has no hooks"},
    {"pre_stop", "docker run has no hooks"},
    {"depends_on", "one line waits for nothing; the lines stand in that order"},
    {"profiles", "leave the line out instead"},
    {"replicas", "one line is one container"},
};

void healthcheck(const RunWriter& writer) {
  const Field<HealthCheck> check = writer.item.is(Surface::kubernetes)
                                       ? healthcheck_of_probes(writer.item, writer.notes)
                                       : writer.workload().healthcheck;
  if (!check) return;
  if (check->disabled) return writer.words.push_back("--no-healthcheck");
  if (!check->test.arguments.empty()) {
    // A shell runs it in any case.
    const bool line = check->test.shell_form && check->test.arguments.size() == 1;
    writer.flag("--health-cmd", line ? check->test.arguments[0] : shell_line(check->test.arguments), check.known());
  }
  const std::pair<std::string_view, const std::string*> kTimes[] = {
      {"--health-interval", &check->interval},
      {"--health-timeout", &check->timeout},
      {"--health-start-period", &check->start_period},
      {"--health-start-interval", &check->start_interval}};
  for (const auto& [name, value] : kTimes) {
    if (!value->empty()) writer.flag(name, *value, check.known());
  }
  if (check->retries) writer.flag("--health-retries", std::to_string(*check->retries));
}

void stop(const RunWriter& writer) {
  const Field<std::string>& grace = writer.workload().stop_grace_period;
  writer.text("--stop-signal", writer.workload().stop_signal);
  if (!grace) return;
  if (const auto seconds = seconds_of(*grace)) return writer.flag("--stop-timeout", std::to_string(*seconds));
  writer.notes.cannot(writer.item, grace.origin(), spelled(grace.origin(), "stop_grace_period"),
                      "is no number of seconds");
}

bool runs_to_its_end(const Workload& workload) { return workload.pod && workload.pod->role == PodFacts::Role::init; }

void restart(const RunWriter& writer) {
  const Field<RestartPolicy>& restart = writer.workload().restart;
  const bool pod = writer.item.is(Surface::kubernetes);
  if (!restart && !pod) return;
  if (runs_to_its_end(writer.workload())) return;  // the lines behind it wait for its end
  std::string text = restart ? restart->name : "always";
  if (restart && restart->max_retries && *restart->max_retries > 0) text += ":" + std::to_string(*restart->max_retries);
  writer.flag("--restart", text, !restart || restart.known());
}

void logging(const RunWriter& writer) {
  const Field<Logging>& logging = writer.workload().logging;
  if (!logging) return;
  if (!logging->driver.empty()) writer.flag("--log-driver", logging->driver, logging.known());
  for (const KeyValue& option : logging->options)
    writer.flag("--log-opt", option.key + "=" + option.value, logging.known());
}

void labels(const RunWriter& writer) {
  const Workload& workload = writer.workload();
  if (!workload.pod) return writer.pairs("--label", workload.labels);
  for (const Stated<KeyValue>& label : workload.labels) {
    if (!is_of_controller(*workload.pod, label.value))
      writer.flag("--label", label.value.key + "=" + label.value.value, label.known);
  }
}

// Of the command: `entrypoint` of several words is one flag and the first arguments.
std::vector<std::string> arguments_of(const RunWriter& writer) {
  std::vector<std::string> result;
  const auto add = [&](const Field<CommandLine>& field) {
    if (!field) return;
    std::vector<std::string> words = field->arguments;
    if (field->shell_form && words.size() == 1) words = split_shell_words(words[0]).value_or(words);
    for (const std::string& word : words)
      result.push_back(writer.word(text_of_pod(writer.item, word, field.origin(), writer.notes), field.known()));
  };
  const Field<CommandLine>& entrypoint = writer.workload().entrypoint;
  add(entrypoint);
  if (!result.empty()) {
    writer.words.push_back("--entrypoint " + result.front());
    result.erase(result.begin());
  } else if (entrypoint) {
    writer.words.push_back("--entrypoint ''");
  }
  add(writer.workload().command);
  return result;
}

void rest(const RunWriter& writer) {
  if (writer.item.is(Surface::run_command)) {
    for (const Stated<KeyValue>& stated : writer.workload().unmodelled) {
      const bool network = !writer.workload().networks.empty() &&
                           (stated.value.key == "--ip" || stated.value.key == "--ip6" ||
                            stated.value.key == "--network-alias" || stated.value.key == "--mac-address");
      const bool period = stated.value.key == "--cpu-period" && writer.workload().cpus.known();
      if (network || period || stated.value.value.empty()) continue;
      if (stated.value.value == "true") {
        writer.words.push_back(stated.value.key);
      } else {
        writer.flag(stated.value.key, stated.value.value, stated.known);
      }
    }
  }
  for (const SaidElsewhere& said : said_in_run(writer.item)) writer.flag(said.name, said.value, said.known);
  note_cannot(writer.item, kCannot, writer.notes);
  note_unmodelled(writer.item, Target::run, writer.notes);
}

std::string image_of(const Item& item) {
  const Workload& workload = *item.workload;
  if (workload.image) return workload.image->text;
  return to_lower(item.name);  // what `docker build -t` calls it
}

std::string line_of(const Item& item, const std::string& network, const PodServices& pods, Notes& notes) {
  std::vector<std::string> words;
  const RunWriter writer{item, words, notes, pods.network_of(item), pods.shared_of(item)};
  const Workload& workload = *item.workload;
  const bool detached = std::ranges::any_of(workload.unmodelled,
                                            [](const Stated<KeyValue>& each) { return each.value.key == "--detach"; });
  if (item.is(Surface::run_command)) {
    writer.text("--name", workload.container_name);
  } else {
    writer.flag("--name", workload.container_name ? *workload.container_name : item.name);
    if (!workload.remove.is(true) && !detached && !runs_to_its_end(workload)) words.push_back("--detach");
  }
  writer.toggle("--rm", workload.remove);
  writer.toggle("--interactive", workload.stdin_open);
  writer.toggle("--tty", workload.tty);
  writer.toggle("--init", workload.init);
  run_identity(writer);
  run_environment(writer);
  if (!network.empty()) {
    writer.flag("--network", network);
    writer.flag("--network-alias", workload.name);
  }
  run_network(writer);
  run_mounts(writer);
  run_privilege(writer);
  run_limits(writer);
  restart(writer);
  healthcheck(writer);
  stop(writer);
  logging(writer);
  if (!item.is(Surface::kubernetes)) writer.text("--runtime", workload.runtime);
  labels(writer);
  if (!item.is(Surface::kubernetes)) writer.pairs("--annotation", workload.annotations);
  rest(writer);
  const std::vector<std::string> arguments = arguments_of(writer);
  std::string last = writer.word(image_of(item), !workload.image || workload.image.known());
  for (const std::string& argument : arguments) last += " " + argument;
  words.push_back(std::move(last));
  std::string text = workload.engine == Engine::podman ? "podman run" : "docker run";
  for (const std::string& word : words) text += " \\\n  " + word;
  return text + "\n";
}

// Services of one project share a network, where their names are known.
std::string default_network(const Item& item, const std::vector<Item>& items) {
  if (item.project == nullptr || item.workload->network_mode || !item.workload->networks.empty()) return {};
  const auto mates = std::ranges::count(items, item.project, &Item::project);
  if (mates < 2) return {};
  return compose_name(item.project->name ? *item.project->name : std::string("project")) + "_default";
}

std::string create_networks(const std::vector<Item>& items) {
  std::string text;
  std::set<std::string> defaults;
  for (const Item& item : items) {
    const std::string name = default_network(item, items);
    if (!name.empty() && defaults.insert(name).second) text += "docker network create " + shell_quoted(name) + "\n";
  }
  std::set<std::string> seen;
  for (const Item& item : items) {
    if (item.project == nullptr) continue;
    for (const ComposeNetwork& network : item.project->networks) {
      if (network.external.is(true) || !seen.insert(network.name).second) continue;
      text += "docker network create ";
      if (network.internal.is(true)) text += "--internal ";
      if (network.driver.known()) text += "--driver " + shell_quoted(*network.driver) + " ";
      text += shell_quoted(network.name) + "\n";
    }
  }
  return text;
}

std::string build_images(const std::vector<Item>& items, Notes& notes) {
  std::string text;
  std::set<std::string> seen;  // services may share an image
  for (const Item& item : items) {
    const Field<Build>& build = item.workload->build;
    if (!build) continue;
    std::string line = "docker build --tag " + shell_quoted(image_of(item)) + " ";
    if (!build->dockerfile.empty()) line += "--file " + shell_quoted(build->context + "/" + build->dockerfile) + " ";
    if (!build->target.empty()) line += "--target " + shell_quoted(build->target) + " ";
    for (const Stated<KeyValue>& arg : build->args)
      line += "--build-arg " + shell_quoted(arg.value.key + "=" + arg.value.value, !arg.known) + " ";
    line += shell_quoted(build->context.empty() ? "." : build->context) + "\n";
    if (seen.insert(line).second) text += line;
    if (!build->dockerfile_inline.empty())
      notes.cannot(item, build.origin(), "dockerfile_inline", "write it to a file first");
  }
  return text;
}

// Relative paths begin at the Compose file's directory, in a run line where it is typed.
void note_directory(const std::vector<Item>& items, Notes& notes) {
  const ComposeProject* last = nullptr;
  for (const Item& item : items) {
    if (item.project == nullptr || item.project == last || item.project->sources.empty()) continue;
    last = item.project;
    const Source* first = item.subjects->source(last->sources.front());
    const auto slash = first == nullptr ? std::string::npos : first->name.rfind('/');
    if (slash != std::string::npos)
      notes.assume(
          item, last->origin, "directory",
          "relative paths begin at " + printable(first->name.substr(0, slash + 1), 120) + ": run the lines there");
  }
}

std::string name_in_run(const Workload& workload) {
  if (workload.container_name) return compose_name(*workload.container_name);
  if (workload.pod && !workload.pod->object.empty() && workload.pod->object != workload.name)
    return compose_name(workload.pod->object + "-" + workload.name);
  return compose_name(workload.name);
}

void note_objects(const std::vector<Item>& items, Notes& notes) {
  std::set<const KubernetesObject*> seen;
  for (const Item& item : items) {
    if (item.object != nullptr && seen.insert(item.object).second) note_object_rest(item, Target::run, notes);
  }
  note_other_objects(items, Target::run, notes);
}

// Those that others wait for come first; a circle stays as it is.
void order(std::vector<Item>& items) {
  const auto waits_for = [](const Item& item, const Item& other) {
    const auto& waits = item.workload->depends_on;
    return other.project == item.project && std::ranges::any_of(waits, [&](const Stated<std::string>& name) {
             return name.value == other.workload->name;
           });
  };
  std::vector<Item> sorted;
  std::vector<Item> left = std::move(items);
  while (!left.empty()) {
    auto next = std::ranges::find_if(left, [&](const Item& item) {
      return std::ranges::none_of(left, [&](const Item& other) { return waits_for(item, other); });
    });
    if (next == left.end()) next = left.begin();
    sorted.push_back(*next);
    left.erase(next);
  }
  items = std::move(sorted);
}

// Of a pod: what runs to its end, then the one whose network the others share.
void order_pods(std::vector<Item>& items) {
  const auto rank = [](const Item& item) {
    if (runs_to_its_end(*item.workload)) return 0;
    return item.workload->pod && item.workload->pod->role == PodFacts::Role::main ? 1 : 2;
  };
  for (auto begin = items.begin(); begin != items.end();) {
    const auto end = std::find_if(begin, items.end(), [&](const Item& item) { return item.object != begin->object; });
    if (begin->object != nullptr) std::ranges::stable_sort(begin, end, {}, rank);
    begin = end;
  }
}

}  // namespace

std::string to_run(std::vector<Item>& items, Notes& notes) {
  UniqueNames names;
  if (items.size() <= 200) order(items);  // quadratic and worse
  order_pods(items);
  for (Item& item : items) item.name = names.take(name_in_run(*item.workload));
  note_objects(items, notes);
  note_directory(items, notes);
  Notes told;  // as of Compose: what is left of objects was noted above
  const PodServices pods(items, told);
  std::string text = create_networks(items) + build_images(items, notes);
  for (const Item& item : items)
    text += (text.empty() ? "" : "\n") + line_of(item, default_network(item, items), pods, notes);
  return text;
}

}  // namespace oakum::convert
