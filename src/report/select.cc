#include "report/select.h"

#include <algorithm>
#include <set>

#include <fnmatch.h>

#include "base/text.h"
#include "report/group.h"

namespace oakum::report {

namespace {

bool glob_matches(const std::vector<std::string>& patterns, const std::string& text) {
  return patterns.empty() || std::ranges::any_of(patterns, [&](const std::string& pattern) {
           return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
         });
}

// "pkg:deb/debian/openssl" covers every version; with "@version" just that one. Qualifiers play no part.
bool purl_matches(const std::vector<std::string>& purls, std::string_view purl) {
  purl = purl.substr(0, purl.find_first_of("?#"));
  return purls.empty() || std::ranges::any_of(purls, [&](std::string_view wanted) {
           wanted = wanted.substr(0, wanted.find_first_of("?#"));
           return purl == wanted || (purl.starts_with(wanted) && purl.substr(wanted.size()).starts_with('@'));
         });
}

bool names(const IgnoreRule& rule, const Vulnerability& vulnerability) {
  if (rule.ids.empty()) return true;
  const auto listed = [&](const std::string& id) {
    return std::ranges::any_of(rule.ids, [&](const std::string& wanted) { return equals_ignoring_case(wanted, id); });
  };
  return listed(vulnerability.id) || std::ranges::any_of(vulnerability.aliases, listed) ||
         std::ranges::any_of(vulnerability.advisories, listed);
}

bool expired(const IgnoreRule& rule, const std::string& today) { return !rule.expires.empty() && rule.expires < today; }

bool covers(const IgnoreRule& rule, const Vulnerability& vulnerability, const Package& package) {
  if (!names(rule, vulnerability)) return false;
  const bool by_name = rule.packages.empty() || glob_matches(rule.packages, package.name) ||
                       glob_matches(rule.packages, package.source.name);
  return by_name && purl_matches(rule.purls, package.purl) && glob_matches(rule.paths, package.path);
}

bool dropped(const Selection& selection, const Vulnerability& vulnerability) {
  if (!selection.severities.empty() &&
      std::ranges::find(selection.severities, vulnerability.severity) == selection.severities.end()) {
    return true;
  }
  if (selection.ignore_unfixed && vulnerability.status != FixStatus::fixed) return true;
  return std::ranges::find(selection.ignore_statuses, vulnerability.status) != selection.ignore_statuses.end();
}

bool any_counted(const Report& report, bool (*predicate)(const Vulnerability&)) {
  return std::ranges::any_of(report.targets, [&](const Target& target) {
    return std::ranges::any_of(target.vulnerabilities,
                               [&](const Vulnerability& v) { return !v.suppressed && predicate(v); });
  });
}

bool fails_on_severity(Severity threshold, const Report& report) {
  for (const Target& target : report.targets) {
    for (const Vulnerability& vulnerability : target.vulnerabilities) {
      if (!vulnerability.suppressed && vulnerability.severity >= threshold) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<std::string> apply(const Selection& selection, Report& report) {
  std::vector<std::string> notes;
  std::vector<bool> used(selection.rules.size(), false);
  for (Target& target : report.targets) {
    std::erase_if(target.vulnerabilities, [&](const Vulnerability& v) { return dropped(selection, v); });
    for (Vulnerability& vulnerability : target.vulnerabilities) {
      for (std::size_t i = 0; i < selection.rules.size(); ++i) {
        const IgnoreRule& rule = selection.rules[i];
        if (!covers(rule, vulnerability, target.packages.at(vulnerability.package))) continue;
        used[i] = true;
        if (expired(rule, selection.today) || vulnerability.suppressed) continue;
        vulnerability.suppressed = Suppression{.by = rule.by, .reason = rule.reason, .expires = rule.expires};
      }
    }
  }
  for (std::size_t i = 0; i < selection.rules.size(); ++i) {
    const IgnoreRule& rule = selection.rules[i];
    const std::string what = rule.ids.empty() ? std::string("rule") : rule.ids.front();
    if (expired(rule, selection.today)) {
      if (used[i]) notes.push_back(rule.by + ": " + what + " expired on " + rule.expires + " and counts again");
    } else if (!used[i]) {
      notes.push_back(rule.by + ": " + what + " matched nothing");
    }
  }
  return notes;
}

const Unevaluated* not_judged(const Target& target) {
  for (const Unevaluated& entry : target.unevaluated) {
    if (entry.kind == Unevaluated::Kind::unknown_distribution || entry.kind == Unevaluated::Kind::no_data)
      return &entry;
  }
  return nullptr;
}

Result<FailOn> parse_fail_on(std::string_view text) {
  FailOn conditions;
  for (const std::string_view part : split(text, ',')) {
    const std::string word = to_lower(trim(part));
    if (word == "fixable" || word == "fixed")
      conditions.fixable = true;
    else if (word == "kev" || word == "exploited")
      conditions.kev = true;
    else if (word == "unknown" || word == "unevaluated")
      conditions.unknown = true;
    else if (word == "eol" || word == "end-of-life")
      conditions.end_of_life = true;
    else if (const auto severity = parse_severity(word); severity && *severity != Severity::unknown) {
      conditions.severity = conditions.severity ? std::min(*conditions.severity, *severity) : *severity;
    } else {
      return fail(ErrorCode::usage, "--fail-on", "unknown condition \"" + printable(word, 80) + "\"",
                  "use critical, high, medium, low, info, fixable, kev, eol or unknown");
    }
  }
  return conditions;
}

bool fails(const FailOn& conditions, const Report& report) {
  if (conditions.severity && fails_on_severity(*conditions.severity, report)) return true;
  if (conditions.fixable && any_counted(report, [](const Vulnerability& v) { return v.status == FixStatus::fixed; }))
    return true;
  if (conditions.kev && any_counted(report, [](const Vulnerability& v) { return v.kev; })) return true;
  return std::ranges::any_of(report.targets, [&](const Target& target) {
    return (conditions.unknown && (!target.unevaluated.empty() || !target.errors.empty())) ||
           (conditions.end_of_life && target.past_end_of_life);
  });
}

}  // namespace oakum::report
