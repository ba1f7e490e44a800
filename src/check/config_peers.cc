// The peers' configuration files, as they stand. What has no meaning here (their output formats, credentials) is passed
// over.
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "check/config_formats.h"

namespace oakum::check {

namespace {

using yaml::Member;
using yaml::Node;

struct HadolintLevel {
  std::string_view name;
  Severity severity;
};
constexpr HadolintLevel kLevels[] = {
    {"error", Severity::medium}, {"warning", Severity::low}, {"info", Severity::info}, {"style", Severity::info}};

std::string with_prefix(std::string_view prefix, std::string_view name) {
  return std::string(prefix) + std::string(name);
}

// Paths of the .trivyignore kind hold one id a line.
std::string trivy_id(std::string_view id) {
  if (id.starts_with("AVD-")) id.remove_prefix(4);
  return std::string(id);
}

}  // namespace

// https://github.com/hadolint/hadolint#configure: ignored, override, trustedRegistries, label-schema, strict-labels,
// failure-threshold, disable-ignore-pragma.
void read_hadolint_config(const ConfigFile& file, const Node& root, Config& config) {
  for (const std::string_view key : {"ignored", "ignore"}) {
    const Node* list = root.find(key);
    if (list == nullptr) continue;
    for (const std::string& name : list->strings()) {
      IgnoreEntry entry = ignore_entry(file, list->span, {name});
      entry.reason = "ignored by hadolint's configuration";
      config.ignores.push_back(std::move(entry));
    }
  }
  if (const Node* override = root.find("override")) {
    for (const HadolintLevel& level : kLevels) {
      const Node* list = override->find(level.name);
      if (list == nullptr) continue;
      for (std::string& name : list->strings()) config.severities.emplace_back(std::move(name), level.severity);
    }
  }
  if (const Node* registries = root.find("trustedRegistries"))
    std::ranges::move(registries->strings(), std::back_inserter(config.settings.trusted_registries));
  if (const Node* schema = root.find("label-schema")) {
    for (const Member& label : schema->members)
      config.settings.label_schema.emplace_back(label.key, label.value.text());
  }
  if (const Node* strict = root.find("strict-labels")) config.settings.strict_labels = strict->is_true();
  if (const Node* pragma = root.find("disable-ignore-pragma")) config.hadolint_pragmas = !pragma->is_true();
  if (const Node* threshold = root.find("failure-threshold")) {
    const auto* level = std::ranges::find(kLevels, threshold->text(), &HadolintLevel::name);
    if (level != std::end(kLevels)) config.fail_on = std::string(to_string(level->severity));
    if (threshold->text() == "none" || threshold->text() == "ignore") config.fail_on = "none";
  }
  if (const Node* no_fail = root.find("no-fail"); no_fail != nullptr && no_fail->is_true()) config.fail_on = "none";
}

// https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html: skip-check (and check, which narrows only checkov).
void read_checkov_config(const ConfigFile& file, const Node& root, Config& config) {
  const Node* list = root.find("skip-check");
  if (list == nullptr) return;
  for (const std::string& name : list->strings()) {
    if (!name.starts_with("CKV")) continue;  // severities and wildcards of a platform we do not ask
    IgnoreEntry entry = ignore_entry(file, list->span, {name});
    entry.reason = "skipped by checkov's configuration";
    config.ignores.push_back(std::move(entry));
  }
}

// https://docs.kubelinter.io/#/configuring-kubelinter: checks.exclude, checks.ignorePaths.
void read_kube_linter_config(const ConfigFile& file, const Node& root, Config& config) {
  const Node* checks = root.find("checks");
  if (checks == nullptr) return;
  if (const Node* list = checks->find("exclude")) {
    for (const std::string& name : list->strings()) {
      IgnoreEntry entry = ignore_entry(file, list->span, {with_prefix("kube-linter:", name)});
      entry.reason = "excluded by kube-linter's configuration";
      config.ignores.push_back(std::move(entry));
    }
  }
}

// https://github.com/zavoloklom/docker-compose-linter: rules {name: 0|[0, …]}, exclude [paths].
void read_dclint_config(const ConfigFile& file, const Node& root, Config& config) {
  const Node* rules = root.find("rules");
  if (rules == nullptr) return;
  for (const Member& rule : rules->members) {
    const Node& value = rule.value.items.empty() ? rule.value : rule.value.items.front();
    if (value.text() != "0") continue;
    IgnoreEntry entry = ignore_entry(file, rule.key_span, {with_prefix("dclint:", rule.key)});
    entry.reason = "off in dclint's configuration";
    config.ignores.push_back(std::move(entry));
  }
}

// compose-lint: rules {CL-0001: {enabled: false, severity: …, reason: …, services|exclude_services: [names]}}.
void read_compose_lint_config(const ConfigFile& file, const Node& root, Config& config) {
  const Node* rules = root.find("rules");
  if (rules == nullptr) return;
  for (const Member& rule : rules->members) {
    if (const Node* severity = rule.value.find("severity")) {
      if (const auto level = parse_severity(severity->text())) config.severities.emplace_back(rule.key, *level);
    }
    const Node* enabled = rule.value.find("enabled");
    const Node* services = rule.value.find("exclude_services");
    const bool off = enabled != nullptr && enabled->is_false();
    if (!off && services == nullptr) continue;
    IgnoreEntry entry = ignore_entry(file, rule.key_span, {rule.key});
    if (const Node* reason = rule.value.find("reason")) entry.reason = reason->text();
    if (!off) {
      entry.subjects = services->strings();
      // A mapping gives each service its reason.
      for (const Member& service : services->members) entry.subjects.push_back(service.key);
    }
    config.ignores.push_back(std::move(entry));
  }
}

// https://trivy.dev/docs/configuration/filtering: ids, one a line, `exp:DATE` behind, # comments. Vulnerabilities are
// `oakum scan`'s and match no rule here.
void read_trivyignore(const ConfigFile& file, std::string_view text, Config& config) {
  std::uint32_t number = 0;
  while (const auto line = next_line(text)) {
    ++number;
    std::string_view rest = trim(line->substr(0, line->find('#')));
    if (rest.empty() || rest.starts_with("CVE-") || rest.starts_with("GHSA-")) continue;
    const std::string_view id = next_field(rest, ' ');
    IgnoreEntry entry = ignore_entry(file, Span{0, 0, number, 1, number, 1}, {trivy_id(id)});
    rest = trim(rest);
    if (rest.starts_with("exp:")) entry.until = rest.substr(4);
    config.ignores.push_back(std::move(entry));
  }
}

}  // namespace oakum::check
