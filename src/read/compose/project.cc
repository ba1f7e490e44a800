#include "read/compose/project.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "read/compose/service.h"

namespace oakum::compose {

namespace {

constexpr std::string_view kTopLevel[] = {"version", "name",    "services", "networks", "volumes",
                                          "secrets", "configs", "include",  "models"};

Origin origin_of(const Context& context, const Value& value, std::string node) {
  return context.origin(value, value.span, std::move(node));
}

void state_text(const Context& context, const Value* value, const std::string& node, Field<std::string>& field) {
  if (value == nullptr) return;
  for (const Value& earlier : value->overridden) {
    if (earlier.is_scalar()) field.state(earlier.text, origin_of(context, earlier, node), earlier.known);
  }
  if (value->is_scalar()) field.state(value->text, origin_of(context, *value, node), value->known);
}

void state_bool(const Context& context, const Value* value, const std::string& node, Field<bool>& field) {
  if (value == nullptr || value->is_null()) return;
  // The old form of `external` is a mapping with the name.
  if (value->is_map()) return field.state(true, origin_of(context, *value, node));
  const auto stated = as_bool(*value);
  if (stated || !value->known) field.state(stated.value_or(false), origin_of(context, *value, node), value->known);
}

void read_options(const Context& context, const Value* value, const std::string& node, List<KeyValue>& list) {
  if (value == nullptr) return;
  list.stated = true;
  list.origin = context.origin(*value, value->key, node);
  for (const Entry& entry : value->members) {
    list.add({entry.name, entry.value.text},
             context.origin(entry.value, entry.value.statement(), node + "." + entry.name), entry.value.known);
  }
}

// Calls `read` for every member of a top-level section.
template <class Read>
void each(Context& context, const Value& model, std::string_view section, Read read) {
  const Value* found = model.find(section);
  if (found == nullptr || found->is_null()) return;
  if (!found->is_map()) return context.error(*found, "\"" + std::string(section) + "\" is not a mapping");
  for (const Entry& entry : found->members) read(entry, std::string(section) + "." + entry.name);
}

ComposeNetwork network_of(const Context& context, const Entry& entry, const std::string& node) {
  ComposeNetwork network{.name = entry.name, .origin = context.origin(entry.value, entry.value.key, node)};
  state_bool(context, entry.value.find("internal"), node + ".internal", network.internal);
  state_bool(context, entry.value.find("external"), node + ".external", network.external);
  state_text(context, entry.value.find("driver"), node + ".driver", network.driver);
  read_options(context, entry.value.find("driver_opts"), node + ".driver_opts", network.driver_options);
  return network;
}

ComposeVolume volume_of(const Context& context, const Entry& entry, const std::string& node) {
  ComposeVolume volume{.name = entry.name, .origin = context.origin(entry.value, entry.value.key, node)};
  state_bool(context, entry.value.find("external"), node + ".external", volume.external);
  state_text(context, entry.value.find("driver"), node + ".driver", volume.driver);
  read_options(context, entry.value.find("driver_opts"), node + ".driver_opts", volume.driver_options);
  return volume;
}

ComposeSecret secret_of(const Context& context, const Entry& entry, const std::string& node) {
  ComposeSecret secret{.name = entry.name, .origin = context.origin(entry.value, entry.value.key, node)};
  state_text(context, entry.value.find("file"), node + ".file", secret.file);
  state_text(context, entry.value.find("environment"), node + ".environment", secret.environment);
  state_text(context, entry.value.find("content"), node + ".content", secret.content);
  state_bool(context, entry.value.find("external"), node + ".external", secret.external);
  return secret;
}

// Its members but those that have a field.
void leave_rest(const Context& context, const Value& value, const std::string& node,
                std::initializer_list<std::string_view> modelled, ComposeProject& project) {
  for (const Entry& entry : value.members) {
    if (entry.name.starts_with("x-") || std::ranges::find(modelled, entry.name) != modelled.end()) continue;
    const std::string path = node + "." + entry.name;
    project.unmodelled.add({path, entry.value.is_scalar() ? entry.value.text : std::string()},
                           context.origin(entry.value, entry.value.statement(), path), entry.value.known);
  }
}

// COMPOSE_PROFILES, or none: services with profiles are then left out.
bool is_active(const Context& context, const Value& service, const Environment& environment) {
  const Value* profiles = service.find("profiles");
  if (context.options.all_profiles || profiles == nullptr || profiles->items.empty()) return true;
  const auto chosen = environment.find("COMPOSE_PROFILES");
  if (chosen == environment.end()) return false;
  for (const std::string_view name : split(chosen->second, ',')) {
    if (name == "*") return true;
    if (std::ranges::find(profiles->items, name, &Value::text) != profiles->items.end()) return true;
  }
  return false;
}

void add_service(Context& context, const Value& model, const Entry& entry, const std::string& node,
                 const Environment& environment, ComposeProject& project) {
  if (!entry.value.is_map())
    return context.error(entry.value, "the service \"" + printable(entry.name, 80) + "\" is not a mapping");
  Workload workload;
  workload.surface = Surface::compose;
  workload.name = entry.name;
  workload.subject = "service \"" + printable(entry.name, 80) + "\"";
  workload.origin = context.origin(entry.value, entry.value.key, node);
  Service service{context, model, entry.value, workload, node, environment};
  read_service(service);
  project.services.push_back(context.subjects.workloads.size());
  context.subjects.workloads.push_back(std::move(workload));
}

// Before `services` was a key (version 1) each service was one itself.
std::string advice(const Entry& entry) {
  if (entry.value.find("image") != nullptr || entry.value.find("build") != nullptr)
    return "a service stands below the top-level key \"services\"";
  const std::string_view near =
      nearest(std::string_view(entry.name).substr(0, 64), {std::begin(kTopLevel), std::end(kTopLevel)});
  return near.empty() ? std::string() : "did you mean \"" + std::string(near) + "\"?";
}

void read_keys(Context& context, const Value& model, ComposeProject& project) {
  for (const Entry& entry : model.members) {
    project.top_level_keys.emplace_back(entry.name, entry.value.key);
    if (entry.name.starts_with("x-") || std::ranges::find(kTopLevel, entry.name) != std::end(kTopLevel)) continue;
    if (!context.wants_errors()) continue;
    context.error(entry.value.source, entry.value.key, "unknown key \"" + printable(entry.name, 80) + "\"",
                  advice(entry));
  }
}

}  // namespace

void read_project(Context& context, const Value& model, const Environment& environment) {
  ComposeProject project;
  project.origin = context.origin(model, model.span, {});
  read_keys(context, model, project);
  state_text(context, model.find("version"), "version", project.version);
  state_text(context, model.find("name"), "name", project.name);
  each(context, model, "networks", [&](const Entry& entry, const std::string& node) {
    project.networks.push_back(network_of(context, entry, node));
    leave_rest(context, entry.value, node, {"internal", "external", "driver", "driver_opts"}, project);
  });
  each(context, model, "volumes", [&](const Entry& entry, const std::string& node) {
    project.volumes.push_back(volume_of(context, entry, node));
    leave_rest(context, entry.value, node, {"external", "driver", "driver_opts"}, project);
  });
  each(context, model, "secrets", [&](const Entry& entry, const std::string& node) {
    project.secrets.push_back(secret_of(context, entry, node));
    leave_rest(context, entry.value, node, {"file", "environment", "content", "external"}, project);
  });
  each(context, model, "configs", [&](const Entry& entry, const std::string& node) {
    project.configs.push_back(secret_of(context, entry, node));
    leave_rest(context, entry.value, node, {"file", "environment", "content", "external"}, project);
  });
  each(context, model, "services", [&](const Entry& entry, const std::string& node) {
    if (is_active(context, entry.value, environment)) add_service(context, model, entry, node, environment, project);
  });
  project.sources = context.sources;
  context.subjects.projects.push_back(std::move(project));
}

}  // namespace oakum::compose
