#include "read/compose/service.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace oakum::compose {

namespace {

// No key is longer: comparing costs by length.
constexpr std::size_t kLongestKey = 64;

// What the specification has and the model has not.
constexpr std::string_view kUnmodelled[] = {
    "attach",        "credential_spec", "develop",       "external_links", "isolation",          "label_file",
    "models",        "post_start",      "pre_stop",      "provider",       "pull_refresh_after", "use_api_socket",
    "domainname",    "mac_address",     "cpu_count",     "cpu_percent",    "cpu_period",         "cpu_rt_runtime",
    "cpu_rt_period", "mem_swappiness",  "volume_driver",
};

std::array<Keys, 9> topics() {
  return {identity_keys(), privilege_keys(),   mount_keys(),     network_keys(), deploy_keys(),
          resource_keys(), environment_keys(), lifecycle_keys(), build_keys()};
}

bool is_modelled(std::string_view name) {
  return std::ranges::any_of(topics(),
                             [&](Keys keys) { return std::ranges::find(keys, name, &Key::name) != keys.end(); });
}

std::string scalar_text(const Value& value) { return value.is_scalar() ? value.text : std::string(); }

void tell_unknown(Service& service, const Entry& entry) {
  if (!service.context.wants_errors()) return;
  std::vector<std::string_view> candidates(std::begin(kUnmodelled), std::end(kUnmodelled));
  for (const Keys keys : topics()) {
    for (const Key& key : keys) candidates.push_back(key.name);
  }
  candidates.push_back("extends");
  const std::string_view near = nearest(std::string_view(entry.name).substr(0, kLongestKey), candidates);
  service.context.error(entry.value.source, entry.value.key,
                        "unknown key \"" + printable(entry.name, 80) + "\" in " + service.workload.subject,
                        near.empty() ? std::string() : "did you mean \"" + std::string(near) + "\"?");
}

}  // namespace

void read_service(Service& service) {
  for (const Keys keys : topics()) {
    for (const Key& key : keys) {
      if (const Value* value = service.value.find(key.name)) key.read(service, *value);
    }
  }
  for (const Entry& entry : service.value.members) {
    if (is_modelled(entry.name) || entry.name.starts_with("x-")) continue;
    const bool lost = entry.name == "extends";  // what could not be read, which was told
    const bool known = lost || std::ranges::find(kUnmodelled, entry.name) != std::end(kUnmodelled);
    if (!known) tell_unknown(service, entry);
    service.workload.unmodelled.add(
        {entry.name, scalar_text(entry.value)},
        service.context.origin(entry.value, entry.value.statement(), service.path + "." + entry.name), !lost);
  }
}

void leave_unmodelled(Service& service, const Value& mapping, const std::string& node,
                      std::initializer_list<std::string_view> modelled) {
  for (const Entry& entry : mapping.members) {
    if (entry.name.starts_with("x-") || std::ranges::find(modelled, entry.name) != modelled.end()) continue;
    const std::string path = node + "." + entry.name;
    service.workload.unmodelled.add({path, scalar_text(entry.value)}, key_origin(service, entry.value, path));
  }
}

Origin origin(const Service& service, const Value& value, std::string_view node) {
  return service.context.origin(value, value.span, service.path + "." + std::string(node));
}

Origin item_origin(const Service& service, const Value& item, std::string_view key, std::size_t index) {
  return service.context.origin(item, item.span,
                                service.path + "." + std::string(key) + "[" + std::to_string(index) + "]");
}

Origin key_origin(const Service& service, const Value& value, std::string_view node) {
  const Span& at = value.key.line != 0 ? value.key : value.span;
  return service.context.origin(value, at, service.path + "." + std::string(node));
}

void state_text(Service& service, const Value& value, std::string_view node, Field<std::string>& field) {
  const auto state = [&](const Value& one) {
    if (one.is_scalar()) return field.state(one.text, origin(service, one, node), one.known);
    if (!one.is_null()) service.context.error(one, "\"" + std::string(node) + "\" is not a string");
  };
  for (const Value& earlier : value.overridden) state(earlier);
  state(value);
}

void add_texts(Service& service, const Value& value, std::string_view node, List<std::string>& list) {
  if (!list.stated) list.origin = key_origin(service, value, node);
  list.stated = true;
  if (value.is_scalar()) return list.add(value.text, origin(service, value, node), value.known);
  if (value.is_map()) return service.context.error(value, "\"" + std::string(node) + "\" is not a list");
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const Value& item = value.items[i];
    if (item.is_scalar()) {
      list.add(item.text, item_origin(service, item, node, i), item.known);
    } else if (!item.is_null()) {
      service.context.error(item, "\"" + std::string(node) + "\" is not a list of strings");
    }
  }
}

std::vector<Pair> pairs(Service& service, const Value& value, std::string_view node, char separator) {
  std::vector<Pair> result;
  for (const Value& item : value.items) {
    if (!item.is_scalar()) {
      service.context.error(item, "\"" + std::string(node) + "\" is not a list of strings");
      continue;
    }
    const std::size_t at = item.text.find(separator);
    Pair pair{item.text.substr(0, at), std::nullopt, &item};
    if (at != std::string::npos) pair.text = item.text.substr(at + 1);
    result.push_back(std::move(pair));
  }
  for (const Entry& entry : value.members) {
    Pair pair{entry.name, std::nullopt, &entry.value};
    if (entry.value.is_scalar()) pair.text = entry.value.text;
    if (entry.value.is_map() || entry.value.is_list()) {
      service.context.error(entry.value,
                            "\"" + std::string(node) + "." + printable(entry.name, 80) + "\" is not a string");
      continue;
    }
    result.push_back(std::move(pair));
  }
  if (value.is_scalar()) service.context.error(value, "\"" + std::string(node) + "\" is not a list or mapping");
  return result;
}

void add_pairs(Service& service, const Value& value, std::string_view node, List<KeyValue>& list) {
  if (!list.stated) list.origin = key_origin(service, value, node);
  list.stated = true;
  for (Pair& pair : pairs(service, value, node)) {
    const std::string path = service.path + "." + std::string(node) + "." + pair.name;
    list.add({std::move(pair.name), pair.text.value_or("")},
             service.context.origin(*pair.at, pair.at->statement(), path), pair.at->known);
  }
}

bool all_known(const Value& value) {
  return value.known && std::ranges::all_of(value.items, [](const Value& item) { return item.known; });
}

CommandLine command_line(const Value& value) {
  if (value.is_scalar()) return {{value.text}, true};
  CommandLine result;
  for (const Value& item : value.items) result.arguments.push_back(item.text);
  return result;
}

}  // namespace oakum::compose
