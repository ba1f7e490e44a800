#include "cli/workload_json.h"

#include <nlohmann/json.hpp>

#include "model/workload_fields.h"

namespace oakum::cli {

namespace {

using Json = nlohmann::ordered_json;

Json pairs(const std::vector<KeyValue>& values) {
  Json object = Json::object();
  for (const KeyValue& value : values) object[value.key] = value.value;
  return object;
}

Json pairs(const List<KeyValue>& values) {
  Json object = Json::object();
  for (const Stated<KeyValue>& item : values) object[item.value.key] = item.value.value;
  return object;
}

template <class T>
Json optional(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// One overload per type of value; plain ones as JSON has them.
Json shown(bool value) { return value; }
Json shown(std::int64_t value) { return value; }
Json shown(double value) { return value; }
Json shown(const std::string& value) { return value; }
Json shown(const std::vector<std::string>& value) { return value; }
Json shown(const KeyValue& value) { return {{"key", value.key}, {"value", value.value}}; }

Json shown(const ImageReference& value) {
  return {{"text", value.text},
          {"registry", value.registry},
          {"repository", value.repository},
          {"tag", value.tag},
          {"digest", value.digest}};
}

Json shown(const CommandLine& value) { return {{"arguments", value.arguments}, {"shell_form", value.shell_form}}; }

Json shown(const ProfileChoice& value) {
  switch (value.kind) {
    case ProfileChoice::Kind::runtime_default:
      return {{"kind", "runtime-default"}, {"name", nullptr}};
    case ProfileChoice::Kind::unconfined:
      return {{"kind", "unconfined"}, {"name", nullptr}};
    case ProfileChoice::Kind::custom:
      return {{"kind", "custom"}, {"name", value.name}};
  }
  return nullptr;
}

Json shown(const SelinuxOptions& value) {
  return {{"disabled", value.disabled},
          {"user", value.user},
          {"role", value.role},
          {"type", value.type},
          {"level", value.level}};
}

Json shown(const Mount& value) {
  return {{"kind", to_string(value.kind)},
          {"type", value.type},
          {"source", value.source},
          {"target", value.target},
          {"read_only", optional(value.read_only)},
          {"propagation", value.propagation},
          {"selinux", value.selinux},
          {"sub_path", value.sub_path},
          {"options", pairs(value.options)},
          {"bind_in_disguise", value.bind_in_disguise}};
}

Json shown(const Device& value) {
  return {{"host", value.host}, {"container", value.container}, {"permissions", value.permissions}};
}

Json shown(const PublishedPort& value) {
  return {{"host_ip", value.host_ip},
          {"host_first", value.host_first},
          {"host_last", value.host_last},
          {"container_first", value.container_first},
          {"container_last", value.container_last},
          {"protocol", value.protocol}};
}

std::string_view from_word(EnvironmentVariable::From from) {
  switch (from) {
    case EnvironmentVariable::From::literal:
      return "literal";
    case EnvironmentVariable::From::host:
      return "host";
    case EnvironmentVariable::From::file:
      return "file";
    case EnvironmentVariable::From::secret:
      return "secret";
    case EnvironmentVariable::From::config_map:
      return "config-map";
    case EnvironmentVariable::From::field:
      return "field";
  }
  return "";
}

Json shown(const EnvironmentVariable& value) {
  return {{"name", value.name},
          {"value", optional(value.value)},
          {"from", from_word(value.from)},
          {"reference", value.reference}};
}

Json shown(const SecretMount& value) {
  return {{"name", value.name},         {"target", value.target}, {"mode", value.mode},
          {"external", value.external}, {"file", value.file},     {"environment", value.environment}};
}

Json shown(const Ulimit& value) {
  return {{"name", value.name}, {"soft", optional(value.soft)}, {"hard", optional(value.hard)}};
}

Json shown(const NetworkAttachment& value) {
  return {{"name", value.name}, {"aliases", value.aliases},   {"ipv4", value.ipv4},        {"ipv6", value.ipv6},
          {"mac", value.mac},   {"internal", value.internal}, {"external", value.external}};
}

Json shown(const HealthCheck& value) {
  return {{"disabled", value.disabled},
          {"test", shown(value.test)},
          {"interval", value.interval},
          {"timeout", value.timeout},
          {"retries", optional(value.retries)}};
}

Json shown(const Probe& value) {
  return {{"handler", value.handler},
          {"port", value.port},
          {"host", value.host},
          {"path", value.path},
          {"command", value.command}};
}

Json shown(const RestartPolicy& value) { return {{"name", value.name}, {"max_retries", optional(value.max_retries)}}; }

Json shown(const Logging& value) { return {{"driver", value.driver}, {"options", pairs(value.options)}}; }

Json shown(const Build& value) {
  return {{"context", value.context}, {"dockerfile", value.dockerfile}, {"inline", !value.dockerfile_inline.empty()},
          {"target", value.target},   {"network", value.network},       {"args", pairs(value.args)},
          {"secrets", value.secrets}};
}

Json shown(const ContainerPort& value) {
  return {{"first", value.first}, {"last", value.last}, {"protocol", value.protocol}, {"name", value.name}};
}

template <class T>
Json statement(const Stated<T>& stated, const Subjects& subjects) {
  return {{"value", shown(stated.value)}, {"known", stated.known}, {"origin", origin_json(stated.origin, subjects)}};
}

struct Collector {
  const Subjects& subjects;
  Json fields = Json::object();

  template <class T>
  void operator()(const char* name, const Field<T>& field) {
    if (!field) return;
    Json entry = statement(field.winner(), subjects);
    Json overridden = Json::array();
    for (std::size_t i = 0; i + 1 < field.statements().size(); ++i)
      overridden.push_back(statement(field.statements()[i], subjects));
    entry["overrides"] = std::move(overridden);
    fields[name] = std::move(entry);
  }

  template <class T>
  void operator()(const char* name, const List<T>& list) {
    if (!list.stated) return;
    Json items = Json::array();
    for (const auto& item : list.items) items.push_back(statement(item, subjects));
    fields[name] = {{"items", std::move(items)}, {"origin", origin_json(list.origin, subjects)}};
  }
};

Json pod_json(const PodFacts& pod) {
  return {{"kind", pod.kind}, {"api_version", pod.api_version}, {"name", pod.object}, {"namespace", pod.name_space}};
}

Json unmodelled_json(const Workload& workload, const Subjects& subjects) {
  Json list = Json::array();
  for (const auto& item : workload.unmodelled.items) {
    list.push_back(
        {{"key", item.value.key}, {"value", item.value.value}, {"origin", origin_json(item.origin, subjects)}});
  }
  return list;
}

}  // namespace

Json origin_json(const Origin& origin, const Subjects& subjects) {
  const Source* source = subjects.source(origin.source);
  const bool has_place = origin.span.line != 0;
  return {{"surface", to_string(origin.surface)},
          {"path", source == nullptr ? Json(nullptr) : Json(source->name)},
          {"line", has_place ? Json(origin.span.line) : Json(nullptr)},
          {"column", has_place ? Json(origin.span.column) : Json(nullptr)},
          {"start", has_place ? Json(origin.span.begin) : Json(nullptr)},
          {"end", has_place ? Json(origin.span.end) : Json(nullptr)},
          {"node", origin.node}};
}

Json workload_json(const Workload& workload, const Subjects& subjects) {
  Collector collector{subjects};
  for_each_field(workload, collector);
  return {{"surface", to_string(workload.surface)},
          {"engine", to_string(workload.engine)},
          {"name", workload.name},
          {"subject", workload.subject},
          {"origin", origin_json(workload.origin, subjects)},
          {"pod", workload.pod ? pod_json(*workload.pod) : Json(nullptr)},
          {"fields", std::move(collector.fields)},
          {"unmodelled", unmodelled_json(workload, subjects)}};
}

}  // namespace oakum::cli
