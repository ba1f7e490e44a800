// ports, networks, names.
#include <algorithm>

#include "convert/compose_writer.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

YamlValue text_list(const ComposeWriter& writer, const std::vector<std::string>& texts) {
  std::vector<YamlValue> items;
  for (const std::string& text : texts)
    items.emplace_back(writer.item.is(Surface::compose) ? text : escaped_dollars(text));
  return YamlValue::list(std::move(items));
}

Members attachment(const ComposeWriter& writer, const NetworkAttachment& network) {
  Members members;
  if (!network.aliases.empty()) members.emplace_back("aliases", text_list(writer, network.aliases));
  if (!network.ipv4.empty()) members.emplace_back("ipv4_address", YamlValue(network.ipv4));
  if (!network.ipv6.empty()) members.emplace_back("ipv6_address", YamlValue(network.ipv6));
  if (!network.mac.empty()) members.emplace_back("mac_address", YamlValue(network.mac));
  return members;
}

void write_networks(const ComposeWriter& writer) {
  const List<NetworkAttachment>& networks = writer.workload().networks;
  if (networks.empty()) return;
  Members members;
  bool bare = true;
  for (const Stated<NetworkAttachment>& stated : networks) {
    const NetworkAttachment& network = stated.value;
    const std::string name = writer.text(network.name, stated.known, stated.origin);
    Members options = attachment(writer, network);
    bare = bare && options.empty();
    members.emplace_back(name, options.empty() ? YamlValue::plain("null") : YamlValue::map(std::move(options)));
    ComposeSections::declare(writer.sections.networks, name, {{"external", YamlValue::boolean(true)}});
  }
  if (!bare) return writer.add("networks", YamlValue::map(std::move(members)));
  std::vector<YamlValue> names;
  for (auto& member : members) names.emplace_back(std::move(member.first));
  writer.add("networks", YamlValue::list(std::move(names)));
}

// Docker's words for a network that is none of the project's.
void write_mode(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  if (!writer.network_of.empty()) return writer.add("network_mode", YamlValue(writer.network_of));
  if (!workload.network_mode || !workload.networks.empty()) return;
  const std::string mode = *workload.network_mode;
  if (mode == "default" || mode == "private") return;
  writer.add_text("network_mode", workload.network_mode);
}

// Published ports that Compose cannot take apart are said as they are written.
void write_ports(const ComposeWriter& writer) {
  std::vector<YamlValue> ports;
  for (const Stated<PublishedPort>& stated : writer.workload().ports) {
    const bool parsed = stated.known && stated.value.container_first != 0;
    ports.emplace_back(parsed ? port_text(stated.value) : writer.text(stated.value.text, stated.known, stated.origin));
  }
  if (!ports.empty()) writer.add("ports", YamlValue::list(std::move(ports)));
  std::vector<YamlValue> exposed;
  for (const Stated<ContainerPort>& stated : writer.workload().exposed) {
    const ContainerPort& port = stated.value;
    const bool published = std::ranges::any_of(writer.workload().ports, [&](const Stated<PublishedPort>& other) {
      return other.value.container_first <= port.first && port.last <= other.value.container_last &&
             other.value.protocol == port.protocol;
    });
    if (published || port.first == 0) continue;
    exposed.emplace_back(port_range(port.first, port.last) + (port.protocol == "tcp" ? "" : "/" + port.protocol));
  }
  if (!exposed.empty()) writer.add("expose", YamlValue::list(std::move(exposed)));
}

}  // namespace

void write_network(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  if (writer.network_of.empty()) write_ports(writer);
  write_mode(writer);
  if (!writer.network_of.empty()) return;
  write_networks(writer);
  writer.add_texts("links", workload.links);
  writer.add_texts("dns", workload.dns);
  List<std::string> options, searches;
  for (const Stated<std::string>& option : workload.dns_options)
    (is_dns_search(option) ? searches : options).add(option.value, option.origin, option.known);
  writer.add_texts("dns_opt", options);
  writer.add_texts("dns_search", searches);
  writer.add_texts("extra_hosts", workload.extra_hosts);
}

}  // namespace oakum::convert
