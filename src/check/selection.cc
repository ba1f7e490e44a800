#include "check/selection.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "rules/all/all.h"

namespace oakum::check {

namespace {

constexpr ProfileInfo kProfiles[] = {
    {Profile::recommended, "recommended", "what nearly everyone should mend; the default"},
    {Profile::strict, "strict", "everything, matters of taste too"},
    {Profile::cis, "cis", "the CIS Docker Benchmark, sections 4 and 5"},
    {Profile::pss_baseline, "pss-baseline", "Kubernetes Pod Security Standards, baseline"},
    {Profile::pss_restricted, "pss-restricted", "Kubernetes Pod Security Standards, restricted (baseline included)"},
    {Profile::hadolint, "hadolint", "hadolint's rules, by their DL and SC numbers"},
};

// A DL number proper: "DL" and digits ("DL3008").
bool is_hadolint(std::string_view alias) {
  return alias.size() == 6 && (alias.starts_with("DL") || alias.starts_with("SC")) && alias[2] >= '0' &&
         alias[2] <= '9';
}

bool alias_in(Profile profile, std::string_view alias) {
  switch (profile) {
    case Profile::cis:
      return alias.starts_with("CIS-") && !alias.starts_with("CIS-DI-");
    case Profile::pss_baseline:
      return alias.starts_with("pss-baseline:");
    case Profile::pss_restricted:
      return alias.starts_with("pss-");
    case Profile::hadolint:
      return is_hadolint(alias);
    case Profile::recommended:
    case Profile::strict:
      break;
  }
  return true;
}

bool any_alias_in(Profile profile, std::string_view aliases) {
  while (!aliases.empty()) {
    if (alias_in(profile, next_field(aliases, ' '))) return true;
  }
  return false;
}

bool by_alias(Profile profile) { return profile != Profile::recommended && profile != Profile::strict; }

std::vector<std::string_view> known_names() {
  std::vector<std::string_view> names;
  for (const rules::Rule* rule : rules::all_rules()) {
    names.push_back(rule->info.id);
    std::string_view aliases = rule->info.aliases;
    while (!aliases.empty()) names.push_back(next_field(aliases, ' '));
  }
  return names;
}

// ShellCheck's findings come under one rule and its own numbers.
bool is_shellcheck(std::string_view name) {
  return equals_ignoring_case(name, "shellcheck") ||
         (name.size() > 2 && equals_ignoring_case(name.substr(0, 2), "SC") && parse_number<unsigned>(name.substr(2)));
}

Status check_names(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (!rules::rules_named(name).empty() || is_shellcheck(name)) continue;
    const std::string_view near = nearest(name, known_names());
    return fail(ErrorCode::usage, printable(name, 80), "is no rule and no alias of one",
                near.empty() ? "see oakum rules" : "did you mean \"" + std::string(near) + "\"?");
  }
  return {};
}

bool asks(const rules::Rule& rule, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [&](const std::string& name) {
    const auto called = rules::rules_named(name);
    return std::ranges::find(called, &rule) != called.end();
  });
}

}  // namespace

std::span<const ProfileInfo> profiles() { return kProfiles; }

std::optional<Profile> parse_profile(std::string_view name) {
  const auto* found = std::ranges::find(kProfiles, name, &ProfileInfo::name);
  if (found == std::end(kProfiles)) return std::nullopt;
  return found->profile;
}

bool in_profile(Profile profile, const rules::RuleInfo& rule) {
  if (profile == Profile::recommended) return rule.grade == rules::Grade::recommended;
  return !by_alias(profile) || any_alias_in(profile, rule.aliases);
}

bool in_profile(Profile profile, const Finding& finding) {
  return !by_alias(profile) ||
         std::ranges::any_of(finding.aliases, [profile](const std::string& alias) { return alias_in(profile, alias); });
}

bool is_called(const Finding& finding, std::string_view name) {
  return equals_ignoring_case(finding.rule, name) ||
         std::ranges::any_of(finding.aliases,
                             [name](const std::string& alias) { return equals_ignoring_case(alias, name); });
}

Result<Selection> select_rules(Profile profile, std::vector<std::string> only, std::vector<std::string> skip) {
  OAKUM_CHECK(check_names(only));
  OAKUM_CHECK(check_names(skip));
  Selection selection{profile, {}, std::move(only), std::move(skip)};
  for (const rules::Rule* rule : rules::all_rules()) {
    const bool chosen = selection.only.empty() ? in_profile(profile, rule->info) : asks(*rule, selection.only);
    if (chosen) selection.rules.push_back(rule);
  }
  return selection;
}

Selection with_others(const Selection& chosen) {
  if (chosen.only.empty()) return chosen;
  Selection all{by_alias(chosen.profile) ? Profile::recommended : chosen.profile, {}, {}, chosen.skip};
  for (const rules::Rule* rule : rules::all_rules()) {
    if (in_profile(all.profile, rule->info) || asks(*rule, chosen.only)) all.rules.push_back(rule);
  }
  return all;
}

bool wants_shellcheck(const Selection& selection) {
  if (std::ranges::find(selection.skip, "shellcheck") != selection.skip.end()) return false;
  if (!selection.only.empty()) return std::ranges::any_of(selection.only, is_shellcheck);
  return !by_alias(selection.profile) || selection.profile == Profile::hadolint;
}

bool keeps(const Selection& selection, const Finding& finding) {
  const auto called = [&finding](const std::string& name) { return is_called(finding, name); };
  if (std::ranges::any_of(selection.skip, called)) return false;
  if (!selection.only.empty()) return std::ranges::any_of(selection.only, called);
  return in_profile(selection.profile, finding);
}

}  // namespace oakum::check
