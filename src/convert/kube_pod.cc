// What a pod says for all its containers.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "convert/kube_writer.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

bool any(const KubePod& pod, const Field<std::string> Workload::* field, std::string_view value) {
  return std::ranges::any_of(
      pod.items, [&](const Item* item) { return item->workload->*field && *(item->workload->*field) == value; });
}

void namespaces(const KubePod& pod, Members& out) {
  if (any(pod, &Workload::network_mode, "host")) out.emplace_back("hostNetwork", YamlValue::boolean(true));
  if (any(pod, &Workload::pid_mode, "host")) out.emplace_back("hostPID", YamlValue::boolean(true));
  if (any(pod, &Workload::ipc_mode, "host")) out.emplace_back("hostIPC", YamlValue::boolean(true));
  struct Row {
    const Field<std::string> Workload::* field;
    std::string_view name;
  };
  constexpr Row kRows[] = {{&Workload::network_mode, "network_mode"},
                           {&Workload::pid_mode, "pid"},
                           {&Workload::ipc_mode, "ipc"},
                           {&Workload::uts_mode, "uts"},
                           {&Workload::userns_mode, "userns_mode"}};
  for (const Item* item : pod.items) {
    for (const Row& row : kRows) {
      const Field<std::string>& field = item->workload->*row.field;
      if (!field || (*field == "host" && row.name != "uts" && row.name != "userns_mode")) continue;
      const bool joined = field->starts_with("service:") || field->starts_with("container:");
      const bool said = *field == "private" || *field == "bridge" || *field == "default" ||
                        (row.name == "userns_mode" && *field == "host") ||  // what a pod has unless it says otherwise
                        (joined && row.name == "network_mode" && item != pod.items.front()) ||
                        !item->workload->networks.empty();
      if (!said)
        pod.notes.cannot(*item, field.origin(), spelled(field.origin(), row.name) + " " + printable(*field, 80),
                         "pods have no such namespace");
    }
  }
}

// Containers that came from one pod each say what the pod said.
void add_once(std::vector<YamlValue>& list, YamlValue value) {
  if (std::ranges::find(list, value) == list.end()) list.push_back(std::move(value));
}

void host_aliases(const KubePod& pod, Members& out) {
  std::vector<std::pair<std::string, std::vector<YamlValue>>> addresses;
  for (const Item* item : pod.items) {
    for (const Stated<std::string>& stated : item->workload->extra_hosts) {
      const std::size_t cut = stated.value.find_first_of(":=");
      const std::string name = stated.value.substr(0, cut);
      std::string address = cut == std::string::npos ? "" : stated.value.substr(cut + 1);
      if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
      if (address.empty() || address == "host-gateway") {
        pod.notes.cannot(*item, stated.origin, "host " + printable(stated.value, 120),
                         "a node's address is not known beforehand");
        continue;
      }
      const auto found = std::ranges::find(addresses, address, [](const auto& each) { return each.first; });
      if (found == addresses.end()) {
        addresses.push_back({address, {YamlValue(name)}});
      } else if (std::ranges::find(found->second, YamlValue(name)) == found->second.end()) {
        found->second.emplace_back(name);
      }
    }
  }
  std::vector<YamlValue> list;
  for (auto& [address, names] : addresses)
    list.push_back(YamlValue::map({{"ip", YamlValue(address)}, {"hostnames", YamlValue::list(std::move(names))}}));
  if (!list.empty()) out.emplace_back("hostAliases", YamlValue::list(std::move(list)));
}

void dns(const KubePod& pod, Members& out) {
  std::vector<YamlValue> servers, options, searches;
  for (const Item* item : pod.items) {
    for (const Stated<std::string>& server : item->workload->dns) add_once(servers, YamlValue(server.value));
    for (const Stated<std::string>& stated : item->workload->dns_options) {
      if (is_dns_search(stated)) {
        add_once(searches, YamlValue(stated.value));
        continue;
      }
      const std::size_t colon = stated.value.find(':');
      Members members{{"name", YamlValue(stated.value.substr(0, colon))}};
      if (colon != std::string::npos) members.emplace_back("value", YamlValue(stated.value.substr(colon + 1)));
      add_once(options, YamlValue::map(std::move(members)));
    }
  }
  Members members;
  if (!servers.empty()) members.emplace_back("nameservers", YamlValue::list(std::move(servers)));
  if (!searches.empty()) members.emplace_back("searches", YamlValue::list(std::move(searches)));
  if (!options.empty()) members.emplace_back("options", YamlValue::list(std::move(options)));
  if (!members.empty()) out.emplace_back("dnsConfig", YamlValue::map(std::move(members)));
}

void security(const KubePod& pod, Members& out) {
  std::vector<YamlValue> groups, sysctls;
  for (const Item* item : pod.items) {
    for (const Stated<std::string>& stated : item->workload->extra_groups) {
      const auto id = parse_number<std::uint32_t>(stated.value);
      if (id)
        add_once(groups, YamlValue::integer(*id));
      else
        pod.notes.cannot(*item, stated.origin, "group " + printable(stated.value, 80), "a pod names groups by number");
    }
    for (const Stated<KeyValue>& stated : item->workload->sysctls)
      add_once(sysctls,
               YamlValue::map({{"name", YamlValue(stated.value.key)}, {"value", YamlValue(stated.value.value)}}));
  }
  Members members;
  if (!groups.empty()) members.emplace_back("supplementalGroups", YamlValue::list(std::move(groups)));
  if (!sysctls.empty()) members.emplace_back("sysctls", YamlValue::list(std::move(sysctls)));
  if (!members.empty()) out.emplace_back("securityContext", YamlValue::map(std::move(members)));
}

void platform(const KubePod& pod, Members& out) {
  const Field<std::string>& platform = pod.first().workload->platform;
  if (!platform.known()) return;
  const auto parts = split(*platform, '/');
  Members members{{"kubernetes.io/os", YamlValue(parts[0])}};
  if (parts.size() > 1) members.emplace_back("kubernetes.io/arch", YamlValue(parts[1]));
  out.emplace_back("nodeSelector", YamlValue::map(std::move(members)));
}

void grace(const KubePod& pod, Members& out) {
  std::int64_t longest = -1;
  for (const Item* item : pod.items) {
    const Field<std::string>& field = item->workload->stop_grace_period;
    if (!field) continue;
    if (const auto seconds = seconds_of(*field))
      longest = std::max(longest, *seconds);
    else
      pod.notes.cannot(*item, field.origin(), spelled(field.origin(), "stop_grace_period"), "is no duration");
  }
  if (longest >= 0) out.emplace_back("terminationGracePeriodSeconds", YamlValue::integer(longest));
}

YamlValue volumes(KubePod& pod) {
  std::vector<YamlValue> list;
  for (auto& [name, source] : pod.volumes) {
    Members members{{"name", YamlValue(name)}};
    for (auto& member : source.members) members.push_back(std::move(member));
    list.push_back(YamlValue::map(std::move(members)));
  }
  return YamlValue::list(std::move(list));
}

}  // namespace

void KubeObjects::add(const std::string& kind, const std::string& api_version, const std::string& name, Members rest) {
  if (!made.insert(kind + "/" + name).second) return;
  Members members{{"apiVersion", YamlValue(api_version)},
                  {"kind", YamlValue(kind)},
                  {"metadata", YamlValue::map({{"name", YamlValue(name)}})}};
  for (auto& member : rest) members.push_back(std::move(member));
  before.push_back(YamlValue::map(std::move(members)));
}

std::string KubePod::volume(const std::string& wanted, YamlValue source, bool shared) {
  const auto same = std::ranges::find_if(volumes, [&](const auto& each) { return each.second == source; });
  if (shared && same != volumes.end()) return same->first;
  std::string name = volume_names.take(wanted, 63);
  volumes.emplace_back(name, std::move(source));
  return name;
}

std::string escaped_references(std::string_view text) {
  if (text.find("$(") == std::string_view::npos && text.find("$$") == std::string_view::npos) return std::string(text);
  return escaped_dollars(text);
}

std::string kube_text(const Item& item, std::string_view text, bool known, const Origin& origin, Notes& notes) {
  if (!known && text.find_first_of("$`") != std::string_view::npos)
    notes.cannot(item, origin, spelled(origin, "a value") + " " + printable(text, 80),
                 "depends on a variable that is not known here; it stands as it was written");
  return std::string(text);
}

YamlValue kube_pod_spec(KubePod& pod) {
  std::vector<YamlValue> containers;
  for (const Item* item : pod.items) containers.push_back(kube_container(pod, *item));
  Members out{{"automountServiceAccountToken", YamlValue::boolean(false)},
              {"enableServiceLinks", YamlValue::boolean(false)}};
  namespaces(pod, out);
  if (const Field<std::string>& name = pod.first().workload->hostname; name)
    out.emplace_back("hostname", YamlValue(dns_label(*name)));
  platform(pod, out);
  host_aliases(pod, out);
  dns(pod, out);
  security(pod, out);
  grace(pod, out);
  out.emplace_back("containers", YamlValue::list(std::move(containers)));
  if (YamlValue list = volumes(pod); !list.is_empty()) out.emplace_back("volumes", std::move(list));
  return YamlValue::map(std::move(out));
}

}  // namespace oakum::convert
