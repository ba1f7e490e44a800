// `deploy`: https://github.com/compose-spec/compose-spec/blob/main/deploy.md
#include <array>
#include <string_view>
#include <utility>

#include "read/compose/readers.h"

namespace oakum::compose {

namespace {

const Value* below(const Value& value, std::initializer_list<std::string_view> path) {
  const Value* at = &value;
  for (const std::string_view key : path) {
    at = at->find(key);
    if (at == nullptr) return nullptr;
  }
  return at;
}

template <class T, class Convert>
void read_below(Service& service, const Value& deploy, std::initializer_list<std::string_view> path, Field<T>& field,
                Convert convert, std::string_view kind) {
  const Value* value = below(deploy, path);
  if (value == nullptr) return;
  std::string node = "deploy";
  for (const std::string_view key : path) node += "." + std::string(key);
  state_all(service, *value, node, field, convert, kind);
}

void read_resources(Service& service, const Value& deploy) {
  Workload& to = service.workload;
  read_below(service, deploy, {"resources", "limits", "cpus"}, to.cpus, as_double, "a number");
  read_below(service, deploy, {"resources", "limits", "memory"}, to.memory, as_bytes, "a size");
  read_below(service, deploy, {"resources", "limits", "pids"}, to.pids_limit, as_integer, "a number");
  read_below(service, deploy, {"resources", "reservations", "cpus"}, to.cpu_reservation, as_double, "a number");
  read_below(service, deploy, {"resources", "reservations", "memory"}, to.memory_reservation, as_bytes, "a size");
}

// "driver=nvidia,count=all,capabilities=gpu", as `docker run --gpus` has it.
std::string request_text(const Value& item) {
  if (item.is_scalar()) return item.text;
  std::string result;
  for (const Entry& entry : item.members) {
    std::string text = entry.value.text;
    for (const Value& part : entry.value.items) text += (text.empty() ? "" : ";") + part.text;
    result += (result.empty() ? "" : ",") + entry.name + "=" + text;
  }
  return result;
}

void add_requests(Service& service, const Value& value, std::string_view node) {
  List<std::string>& list = service.workload.device_requests;
  if (!list.stated) list.origin = key_origin(service, value, node);
  list.stated = true;
  if (value.is_scalar()) return list.add(value.text, origin(service, value, node), value.known);
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const Value& item = value.items[i];
    list.add(request_text(item), item_origin(service, item, node, i), item.known);
  }
}

void read_gpus(Service& service, const Value& value) { add_requests(service, value, "gpus"); }

// The engine takes it when there is no `restart`.
void read_restart_policy(Service& service, const Value& deploy) {
  const Value* policy = deploy.find("restart_policy");
  const Value* condition = policy == nullptr ? nullptr : policy->find("condition");
  if (condition == nullptr || !condition->is_scalar() || service.value.find("restart") != nullptr) return;
  RestartPolicy result;
  result.name = condition->text == "none" ? "no" : condition->text == "any" ? "always" : condition->text;
  if (const Value* attempts = policy->find("max_attempts")) {
    if (const auto number = as_integer(*attempts)) result.max_retries = static_cast<int>(*number);
  }
  service.workload.restart.state(std::move(result), origin(service, *condition, "deploy.restart_policy.condition"),
                                 condition->known);
}

void read_deploy(Service& service, const Value& value) {
  if (!value.is_map()) {
    if (!value.is_null()) service.context.error(value, "\"deploy\" is not a mapping");
    return;
  }
  read_resources(service, value);
  leave_unmodelled(service, value, "deploy", {"resources", "replicas", "restart_policy"});
  if (const Value* policy = value.find("restart_policy"))
    leave_unmodelled(service, *policy, "deploy.restart_policy", {"condition", "max_attempts"});
  read_below(service, value, {"replicas"}, service.workload.replicas, as_integer, "a number");
  read_restart_policy(service, value);
  if (const Value* devices = below(value, {"resources", "reservations", "devices"})) {
    add_requests(service, *devices, "deploy.resources.reservations.devices");
  }
}

constexpr std::array kKeys{
    Key{"deploy", read_deploy},
    Key{"gpus", read_gpus},
    integer_key<"scale", &Workload::replicas>,
};

}  // namespace

Keys deploy_keys() { return kKeys; }

}  // namespace oakum::compose
