// .oakum.yaml: see config.h for its keys.
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "check/config_formats.h"
#include "rules/all/all.h"

namespace oakum::check {

namespace {

using yaml::Member;
using yaml::Node;

bool is_rule_name(std::string_view name) {
  return name == "shellcheck" || name.starts_with("SC") || !rules::rules_named(name).empty();
}

std::vector<std::string> rule_names(const ConfigFile& file, const Node& node, Config& config) {
  std::vector<std::string> names = node.strings();
  for (const std::string& name : names) {
    if (!is_rule_name(name))
      complain_in(file, node.span, "\"" + printable(name, 60) + "\" is no rule and no alias of one", "see oakum rules",
                  config);
  }
  return names;
}

void profile(const ConfigFile& file, const Member& member, Config& config) {
  config.profile = parse_profile(member.value.text());
  if (!config.profile)
    complain_in(file, member.value.span, "\"" + printable(member.value.text(), 60) + "\" is no profile",
                "see oakum check --help", config);
}

void fail_on(const ConfigFile&, const Member& member, Config& config) { config.fail_on = member.value.text(); }

void skip(const ConfigFile& file, const Member& member, Config& config) {
  std::ranges::move(rule_names(file, member.value, config), std::back_inserter(config.skip));
}

void only(const ConfigFile& file, const Member& member, Config& config) {
  std::ranges::move(rule_names(file, member.value, config), std::back_inserter(config.only));
}

void severity(const ConfigFile& file, const Member& member, Config& config) {
  for (const Member& entry : member.value.members) {
    const auto level = parse_severity(entry.value.text());
    if (!is_rule_name(entry.key) || !level) {
      complain_in(file, entry.key_span, "\"" + printable(entry.key, 60) + "\" is no rule, or its value no severity",
                  "write RULE: critical, high, medium, low or info", config);
      continue;
    }
    config.severities.emplace_back(entry.key, *level);
  }
}

void trusted_registries(const ConfigFile&, const Member& member, Config& config) {
  std::ranges::move(member.value.strings(), std::back_inserter(config.settings.trusted_registries));
}

void label_schema(const ConfigFile&, const Member& member, Config& config) {
  for (const Member& entry : member.value.members)
    config.settings.label_schema.emplace_back(entry.key, entry.value.text());
}

void strict_labels(const ConfigFile&, const Member& member, Config& config) {
  config.settings.strict_labels = member.value.is_true();
}

void kubernetes_version(const ConfigFile& file, const Member& member, Config& config) {
  std::string_view text = member.value.text();
  if (text.starts_with("v")) text.remove_prefix(1);
  const auto minor = text.starts_with("1.") ? parse_number<int>(text.substr(2)) : std::nullopt;
  if (!minor) return complain_in(file, member.value.span, "is no Kubernetes version", "write it as \"1.31\"", config);
  config.settings.kubernetes.minor = *minor;
}

void ignore_one(const ConfigFile& file, const Node& node, Config& config) {
  IgnoreEntry entry = ignore_entry(file, node.span, {});
  bool is_ours = false;
  for (const Member& member : node.members) {
    if (member.key == "rule" || member.key == "rules") {
      entry.names = rule_names(file, member.value, config);
      is_ours = true;
    } else if (member.key == "paths" || member.key == "path") {
      entry.paths = member.value.strings();
    } else if (member.key == "subjects" || member.key == "subject") {
      entry.subjects = member.value.strings();
    } else if (member.key == "reason") {
      entry.reason = member.value.text();
    } else if (member.key == "until" || member.key == "expires") {
      entry.until = member.value.text();
    }
  }
  // An entry without `rule` is about vulnerabilities: `oakum scan` reads it.
  if (is_ours) config.ignores.push_back(std::move(entry));
}

void ignore(const ConfigFile& file, const Member& member, Config& config) {
  for (const Node& node : member.value.items) ignore_one(file, node, config);
}

struct Key {
  std::string_view name;
  void (*read)(const ConfigFile& file, const Member& member, Config& config);
};
constexpr Key kKeys[] = {
    {"fail-on", fail_on},
    {"ignore", ignore},
    {"kubernetes-version", kubernetes_version},
    {"label-schema", label_schema},
    {"only", only},
    {"profile", profile},
    {"severity", severity},
    {"skip", skip},
    {"strict-labels", strict_labels},
    {"trusted-registries", trusted_registries},
};
static_assert(std::ranges::is_sorted(kKeys, {}, &Key::name));

}  // namespace

void read_oakum_config(const ConfigFile& file, const Node& root, Config& config) {
  for (const Member& member : root.members) {
    const auto* key = std::ranges::find(kKeys, member.key, &Key::name);
    if (key != std::end(kKeys)) {
      key->read(file, member, config);
      continue;
    }
    std::vector<std::string_view> names;
    for (const Key& row : kKeys) names.push_back(row.name);
    const std::string_view near = nearest(member.key, names);
    complain_in(file, member.key_span, "\"" + printable(member.key, 60) + "\" is no key of .oakum.yaml",
                near.empty() ? "see docs/configuration.md" : "did you mean \"" + std::string(near) + "\"?", config);
  }
}

}  // namespace oakum::check
