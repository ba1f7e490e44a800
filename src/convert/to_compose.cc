#include <algorithm>
#include <map>

#include "base/text.h"
#include "convert/compose_writer.h"
#include "convert/emit.h"
#include "convert/fields.h"
#include "convert/names.h"
#include "convert/pod_services.h"
#include "convert/unmodelled.h"

namespace oakum::convert {

namespace {

constexpr CannotSay kCannot[] = {
    {"run_as_non_root", "Compose does not refuse to start as root; say a user"},
    {"masked_paths", "the engine has its own list"},
    {"readonly_paths", "the engine has its own list"},
    {"share_process_namespace", "share one with pid: service:NAME"},
    {"publish_all", "Compose publishes only ports that are named"},
    {"ephemeral_storage", "Compose does not limit what is written to disk"},
    {"ephemeral_storage_request", "Compose does not limit what is written to disk"},
    {"post_start", "oakum does not write hooks"},
    {"pre_stop", "oakum does not write hooks"},
    {"remove", "docker compose down removes containers"},
};

std::string service_name(const Workload& workload) {
  if (workload.container_name) return compose_name(*workload.container_name);
  if (workload.surface == Surface::run_command && workload.image)
    return compose_name(name_of_image(workload.image->repository));
  return compose_name(workload.name);
}

YamlValue service_of(const Item& item, const PodServices& pods, ComposeSections& sections, Notes& notes) {
  Members members;
  const ComposeWriter writer{item, members, sections, notes, pods.network_of(item), pods.shared_of(item)};
  write_identity(writer);
  write_environment(writer);
  write_network(writer);
  write_mounts(writer);
  write_privilege(writer);
  write_limits(writer);
  write_life(writer);
  write_rest(writer);
  note_cannot(item, kCannot, notes);
  note_unmodelled(item, Target::compose, notes);
  pods.complete(item, members);
  return YamlValue::map(std::move(members));
}

void add_section(std::string& text, std::string_view name, const Members& members) {
  if (members.empty()) return;
  Members copy;
  for (const auto& [key, value] : members) copy.emplace_back(key, value.is_empty() ? YamlValue::map({}) : value);
  text += "\n" + fix::block_member(name, YamlValue::map(std::move(copy)), 0, {}) + "\n";
}

// `--network container:db` of a container that is a service here.
void join_services(std::vector<Item>& items, Members& services) {
  std::map<std::string, std::string> names;
  for (const Item& item : items) {
    if (item.workload->container_name) names.emplace(*item.workload->container_name, item.name);
  }
  for (auto& service : services) {
    for (auto& [key, value] : service.second.members) {
      const bool mode = key == "network_mode" || key == "pid" || key == "ipc";
      if (!mode || !value.text.starts_with("container:")) continue;
      if (const auto found = names.find(value.text.substr(10)); found != names.end() && found->second != service.first)
        value.text = "service:" + found->second;
    }
  }
}

}  // namespace

std::string to_compose(std::vector<Item>& items, Notes& notes) {
  UniqueNames names;
  ComposeSections sections;
  Members services;
  const PodServices pods(items, notes);
  for (Item& item : items) item.name = names.take(pods.name_of(item).value_or(service_name(*item.workload)));
  for (Item& item : items) {
    services.emplace_back(item.name, service_of(item, pods, sections, notes));
  }
  join_services(items, services);
  std::string text = "services:\n";
  for (const auto& [name, service] : services) {
    if (!text.ends_with(":\n")) text += "\n";
    text += "  " + fix::block_member(name, service, 2, {}) + "\n";
  }
  add_section(text, "networks", sections.networks);
  add_section(text, "volumes", sections.volumes);
  add_section(text, "secrets", sections.secrets);
  add_section(text, "configs", sections.configs);
  return text;
}

}  // namespace oakum::convert
