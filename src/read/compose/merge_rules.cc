#include "read/compose/merge_rules.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "read/compose/mount_syntax.h"
#include "read/compose/port_syntax.h"

namespace oakum::compose {

namespace {

struct Row {
  std::string_view pattern;
  MergeRule rule;
};

constexpr Row kRules[] = {
    {"networks.*.driver_opts", {MergeKind::deep}},
    {"networks.*.labels", {MergeKind::pairs, ItemKey::name}},
    {"secrets.*.labels", {MergeKind::pairs, ItemKey::name}},
    {"configs.*.labels", {MergeKind::pairs, ItemKey::name}},
    {"volumes.*.labels", {MergeKind::pairs, ItemKey::name}},
    {"services.*.annotations", {MergeKind::pairs, ItemKey::name}},
    {"services.*.build", {MergeKind::build}},
    {"services.*.build.additional_contexts", {MergeKind::pairs, ItemKey::name}},
    {"services.*.build.args", {MergeKind::pairs, ItemKey::name}},
    {"services.*.build.extra_hosts", {MergeKind::pairs, ItemKey::text}},
    {"services.*.build.labels", {MergeKind::pairs, ItemKey::name}},
    {"services.*.build.platforms", {MergeKind::deep, ItemKey::text}},
    {"services.*.build.ssh", {MergeKind::pairs, ItemKey::name}},
    {"services.*.build.tags", {MergeKind::deep, ItemKey::text}},
    {"services.*.cap_add", {MergeKind::deep, ItemKey::text}},
    {"services.*.cap_drop", {MergeKind::deep, ItemKey::text}},
    {"services.*.command", {MergeKind::replace}},
    {"services.*.configs", {MergeKind::deep, ItemKey::target}},
    {"services.*.depends_on", {MergeKind::names}},
    {"services.*.deploy.labels", {MergeKind::pairs, ItemKey::name}},
    {"services.*.devices", {MergeKind::deep, ItemKey::target}},
    {"services.*.dns", {MergeKind::scalar_or_list, ItemKey::text}},
    {"services.*.dns_opt", {MergeKind::scalar_or_list, ItemKey::text}},
    {"services.*.dns_search", {MergeKind::scalar_or_list, ItemKey::text}},
    {"services.*.entrypoint", {MergeKind::replace}},
    {"services.*.env_file", {MergeKind::scalar_or_list, ItemKey::path}},
    {"services.*.environment", {MergeKind::pairs, ItemKey::name}},
    {"services.*.expose", {MergeKind::deep, ItemKey::text}},
    {"services.*.external_links", {MergeKind::deep, ItemKey::text}},
    {"services.*.extra_hosts", {MergeKind::pairs, ItemKey::text}},
    {"services.*.gpus", {MergeKind::replace}},
    {"services.*.group_add", {MergeKind::deep, ItemKey::text}},
    {"services.*.healthcheck.test", {MergeKind::replace}},
    {"services.*.label_file", {MergeKind::scalar_or_list, ItemKey::path}},
    {"services.*.labels", {MergeKind::pairs, ItemKey::name}},
    {"services.*.links", {MergeKind::deep, ItemKey::text}},
    {"services.*.logging", {MergeKind::logging}},
    {"services.*.models", {MergeKind::names}},
    {"services.*.networks", {MergeKind::names}},
    {"services.*.networks.*.aliases", {MergeKind::deep, ItemKey::text}},
    {"services.*.ports", {MergeKind::deep, ItemKey::port}},
    {"services.*.profiles", {MergeKind::deep, ItemKey::text}},
    {"services.*.secrets", {MergeKind::deep, ItemKey::target}},
    {"services.*.sysctls", {MergeKind::pairs, ItemKey::name}},
    {"services.*.tmpfs", {MergeKind::scalar_or_list, ItemKey::text}},
    {"networks.*.external", {MergeKind::either}},
    {"volumes.*.external", {MergeKind::either}},
    {"secrets.*.external", {MergeKind::either}},
    {"configs.*.external", {MergeKind::either}},
    {"services.*.ulimits.*", {MergeKind::either}},
    {"services.*.volumes", {MergeKind::deep, ItemKey::target}},
};

bool matches(std::string_view pattern, const std::vector<std::string>& path) {
  for (const std::string& part : path) {
    if (pattern.empty()) return false;
    const std::string_view wanted = next_field(pattern, '.');
    if (wanted != "*" && wanted != part) return false;
  }
  return pattern.empty();
}

std::string target_of(const Value& item) {
  if (item.is_scalar()) return short_mount_target(item.text);
  for (const std::string_view key : {"target", "source"}) {
    if (const Value* found = item.find(key); found != nullptr && found->is_scalar()) return found->text;
  }
  return {};
}

std::string port_of(const Value& item) {
  const ParsedPort port = item.is_scalar() ? parse_port(item.text) : parse_long_port(item);
  if (!port.problem.empty()) return item.text;
  const PublishedPort& p = port.port;
  return p.host_ip + " " + std::to_string(p.host_first) + "-" + std::to_string(p.host_last) + " " +
         std::to_string(p.container_first) + "-" + std::to_string(p.container_last) + "/" + p.protocol;
}

}  // namespace

MergeRule merge_rule(const std::vector<std::string>& path) {
  const auto found = std::ranges::find_if(kRules, [&](const Row& row) { return matches(row.pattern, path); });
  return found == std::end(kRules) ? MergeRule() : found->rule;
}

std::string item_key(ItemKey kind, const Value& item) {
  switch (kind) {
    case ItemKey::none:
      return {};
    case ItemKey::text:
      return item.text;
    case ItemKey::name:
      return item.text.substr(0, item.text.find('='));
    case ItemKey::target:
      return target_of(item);
    case ItemKey::port:
      return port_of(item);
    case ItemKey::path:
      if (const Value* path = item.find("path")) return path->text;
      return item.text;
  }
  return {};
}

}  // namespace oakum::compose
