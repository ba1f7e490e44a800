// --network in all its forms, and what belongs to the first network.
#include <string>
#include <utility>

#include "read/runcmd/fill.h"
#include "read/runcmd/values.h"

namespace oakum::runcmd {

namespace {

bool is_mode(std::string_view name) {
  for (const std::string_view mode : {"host", "none", "bridge", "default", "private", "slirp4netns", "pasta", "nat"}) {
    if (name == mode) return true;
  }
  return name.starts_with("container:") || name.starts_with("ns:") || name.starts_with("pod:");
}

void part(NetworkAttachment& attachment, const KeyValue& field) {
  if (field.key == "name") attachment.name = field.value;
  if (field.key == "alias") attachment.aliases.push_back(field.value);
  if (field.key == "ip" || field.key == "ip4") attachment.ipv4 = field.value;
  if (field.key == "ip6") attachment.ipv6 = field.value;
  if (field.key == "mac" || field.key == "mac-address") attachment.mac = field.value;
}

}  // namespace

// docker: NAME, or name=NAME,alias=…; podman: NAME[:key=value,…].
std::string network(Draft& draft, const Given& given) {
  NetworkAttachment attachment;
  const bool named_fields =
      given.value.find("name=") != std::string_view::npos && draft.workload.engine != Engine::podman;
  const std::size_t colon = given.value.find(':');
  const bool options = draft.workload.engine == Engine::podman && colon != std::string_view::npos &&
                       given.value.find('=', colon) != std::string_view::npos;
  if (named_fields) {
    for (const std::string& field : split_csv(given.value)) part(attachment, key_value(field));
  } else {
    attachment.name = given.value.substr(0, options ? colon : given.value.size());
    if (options) {
      for (const std::string& field : split_csv(given.value.substr(colon + 1))) part(attachment, key_value(field));
    }
  }
  draft.workload.network_mode.state(attachment.name, given.origin, given.known);
  if (!is_mode(attachment.name)) draft.workload.networks.add(std::move(attachment), given.origin, given.known);
  return {};
}

std::string network_part(Draft& draft, const Given& given) {
  NetworkAttachment& attachment = draft.attachment;
  const std::string value(given.value);
  if (given.flag == "network-alias") attachment.aliases.push_back(value);
  if (given.flag == "ip") attachment.ipv4 = value;
  if (given.flag == "ip6") attachment.ipv6 = value;
  if (given.flag == "mac-address") attachment.mac = value;
  return unmodelled(draft, given);
}

void finish(Draft& draft) {
  if (!draft.workload.networks.empty()) {
    NetworkAttachment& first = draft.workload.networks.items.front().value;
    const NetworkAttachment& more = draft.attachment;
    first.aliases.insert(first.aliases.end(), more.aliases.begin(), more.aliases.end());
    if (!more.ipv4.empty()) first.ipv4 = more.ipv4;
    if (!more.ipv6.empty()) first.ipv6 = more.ipv6;
    if (!more.mac.empty()) first.mac = more.mac;
  }
  // A quota of a period is a number of processors; --cpus says it outright.
  if (draft.cpu_quota && !draft.workload.cpus && *draft.cpu_quota > 0) {
    const std::int64_t period = draft.cpu_period && *draft.cpu_period > 0 ? *draft.cpu_period : 100'000;
    const bool known = draft.cpu_quota.known() && (!draft.cpu_period || draft.cpu_period.known());
    draft.workload.cpus.state(static_cast<double>(*draft.cpu_quota) / static_cast<double>(period),
                              draft.cpu_quota.origin(), known);
  }
}

}  // namespace oakum::runcmd
