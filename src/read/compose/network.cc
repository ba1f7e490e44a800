// How the container is reached and what it reaches.
#include <array>
#include <string_view>
#include <utility>

#include "read/compose/port_syntax.h"
#include "read/compose/readers.h"
#include "read/compose/references.h"

namespace oakum::compose {

namespace {

std::string text_of(const Value& map, std::string_view key) {
  const Value* found = map.find(key);
  return found != nullptr && found->is_scalar() ? found->text : std::string();
}

bool is_true(const Value& map, std::string_view key) {
  const Value* found = map.find(key);
  // The old form of `external` is a mapping with the name.
  return found != nullptr && (found->is_map() || as_bool(*found).value_or(false));
}

NetworkAttachment attachment(const Service& service, const std::string& name, const Value* options) {
  NetworkAttachment result;
  result.name = name;
  if (options != nullptr) {
    result.ipv4 = text_of(*options, "ipv4_address");
    result.ipv6 = text_of(*options, "ipv6_address");
    result.mac = text_of(*options, "mac_address");
    if (const Value* aliases = options->find("aliases")) {
      for (const Value& alias : aliases->items) result.aliases.push_back(alias.text);
    }
  }
  const Value* networks = service.model.find("networks");
  const Value* declared = networks == nullptr ? nullptr : networks->find(name);
  if (declared != nullptr) {
    result.internal = is_true(*declared, "internal");
    result.external = is_true(*declared, "external");
  }
  return result;
}

// The network "default" is there without being declared.
void expect_network(Service& service, std::string_view name, std::uint32_t source, const Span& where) {
  if (name != "default") expect_declared(service, "networks", name, source, where);
}

void read_networks(Service& service, const Value& value) {
  List<NetworkAttachment>& list = service.workload.networks;
  list.stated = true;
  list.origin = key_origin(service, value, "networks");
  if (value.is_scalar()) service.context.error(value, "\"networks\" is not a list or mapping");
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const Value& item = value.items[i];
    if (item.known && item.is_scalar()) expect_network(service, item.text, item.source, item.span);
    list.add(attachment(service, item.text, nullptr), item_origin(service, item, "networks", i), item.known);
  }
  for (const Entry& entry : value.members) {
    expect_network(service, entry.name, entry.value.source, entry.value.key);
    list.add(attachment(service, entry.name, &entry.value),
             service.context.origin(entry.value, entry.value.key, service.path + ".networks." + entry.name));
  }
}

bool is_known(const Value& item) {
  for (const Entry& entry : item.members) {
    if (!entry.value.known) return false;
  }
  return item.known;
}

void read_ports(Service& service, const Value& value) {
  List<PublishedPort>& ports = service.workload.ports;
  ports.stated = true;
  ports.origin = key_origin(service, value, "ports");
  if (!value.is_list() && !value.is_null()) service.context.error(value, "\"ports\" is not a list");
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const Value& item = value.items[i];
    const bool known = is_known(item);
    ParsedPort parsed = item.is_scalar() ? parse_port(item.text) : parse_long_port(item);
    if (known && !parsed.problem.empty()) {
      service.context.error(item, parsed.problem);
      continue;
    }
    ports.add(std::move(parsed.port), item_origin(service, item, "ports", i), known);
  }
}

void read_expose(Service& service, const Value& value) {
  List<std::string> texts;
  add_texts(service, value, "expose", texts);
  List<ContainerPort>& exposed = service.workload.exposed;
  exposed.stated = true;
  exposed.origin = texts.origin;
  for (Stated<std::string>& text : texts.items) {
    const std::size_t slash = text.value.find('/');
    const auto range = parse_port_range(std::string_view(text.value).substr(0, slash));
    if (!range && text.known) {
      service.context.error(Error{ErrorCode::invalid,
                                  service.context.place(text.origin.source, text.origin.span),
                                  "\"expose\" is not a port",
                                  {}});
      continue;
    }
    ContainerPort port;
    if (range) std::tie(port.first, port.last) = *range;
    if (slash != std::string::npos) port.protocol = text.value.substr(slash + 1);
    exposed.add(std::move(port), std::move(text.origin), text.known);
  }
}

// HOST:ADDRESS items, or a mapping whose values may be lists of addresses.
void read_extra_hosts(Service& service, const Value& value) {
  if (!value.is_map()) return add_texts(service, value, "extra_hosts", service.workload.extra_hosts);
  List<std::string>& hosts = service.workload.extra_hosts;
  hosts.stated = true;
  hosts.origin = key_origin(service, value, "extra_hosts");
  for (const Entry& entry : value.members) {
    const std::string node = service.path + ".extra_hosts." + entry.name;
    const auto add = [&](const Value& address) {
      hosts.add(entry.name + ":" + address.text, service.context.origin(address, address.statement(), node),
                address.known);
    };
    if (entry.value.is_scalar()) add(entry.value);
    for (const Value& address : entry.value.items) add(address);
  }
}

constexpr std::array kKeys{
    text_key<"network_mode", &Workload::network_mode>,
    Key{"networks", read_networks},
    Key{"ports", read_ports},
    Key{"expose", read_expose},
    texts_key<"dns", &Workload::dns>,
    texts_key<"dns_search", &Workload::dns_options>,
    texts_key<"dns_opt", &Workload::dns_options>,
    Key{"extra_hosts", read_extra_hosts},
    texts_key<"links", &Workload::links>,
    text_key<"hostname", &Workload::hostname>,
};

}  // namespace

Keys network_keys() { return kKeys; }

}  // namespace oakum::compose
