#include "check/checklist.h"

#include <algorithm>
#include <set>
#include <span>

#include "base/text.h"
#include "rules/all/all.h"

namespace oakum::check {

namespace {

// What no file, image or container can show by itself: rules that find nothing prove nothing of it.
struct Elsewhere {
  Practice practice;
  std::string_view words;
};
constexpr Elsewhere kElsewhere[] = {
    {Practice::scan_vulnerabilities, "oakum scan IMAGE tells"},
    {Practice::malicious_content, "an image tells: oakum check IMAGE"},
    {Practice::sign, "a registry and its policy tell"},
    {Practice::ci, "your pipeline tells"},
    {Practice::registry_access, "a registry tells"},
    {Practice::daemon_config, "the daemon of a host tells"},
    {Practice::api_parameters, "who may call the API tells"},
    {Practice::host_hardening, "a host tells"},
    {Practice::endpoint, "the served endpoint tells"},
};

// "" where these surfaces can answer.
std::string_view elsewhere(const std::vector<Practice>& practices) {
  for (const Elsewhere& row : kElsewhere) {
    if (practices.size() == 1 && practices.front() == row.practice) return row.words;
  }
  return {};
}

struct BriefLine {
  std::string_view words;
  std::string_view practices;  // separated by spaces
};

constexpr BriefLine kBrief[] = {
    {"non-root user", "non-root"},
    {"minimal base", "minimal-base"},
    {"scanned for vulnerabilities", "scan-vulnerabilities"},
    {"resource limits", "resource-limits"},
    {"capabilities dropped", "capabilities"},
    {"read-only root", "read-only-rootfs"},
    {"seccomp and AppArmor or SELinux on", "seccomp mandatory-access-control"},
    {"engine socket not exposed", "daemon-socket"},
    {"secrets not in the environment", "secret-delivery scan-secrets"},
    {"images pinned and current", "pinned-trusted-base"},
    {"custom networks", "network-segmentation"},
    {"daemon behind TLS", "daemon-config"},
    {"logs kept, anomalies seen", "monitoring"},
};

std::set<Surface> surfaces_of(const std::vector<Target>& targets) {
  std::set<Surface> surfaces;
  for (const Target& target : targets) {
    if (target.subjects.empty()) continue;
    switch (target.kind) {
      case TargetKind::dockerfile:
        surfaces.insert(Surface::dockerfile);
        break;
      case TargetKind::compose:
        surfaces.insert(Surface::compose);
        break;
      case TargetKind::kubernetes:
        surfaces.insert(Surface::kubernetes);
        break;
      case TargetKind::run_command:
        surfaces.insert(Surface::run_command);
        break;
      case TargetKind::image:
      case TargetKind::rootfs:
        surfaces.insert(Surface::image);
        break;
      case TargetKind::container:
        surfaces.insert(Surface::container);
        break;
      case TargetKind::host:
      case TargetKind::network:
      case TargetKind::endpoint:
        break;
    }
  }
  return surfaces;
}

bool looks_at_any(const rules::RuleInfo& rule, const std::set<Surface>& surfaces) {
  return std::ranges::any_of(surfaces, [&rule](Surface surface) { return rule.surfaces.has(surface); });
}

std::string place_of(const Target& target, const Finding& finding) {
  std::string text = finding.path.empty() ? target.name : finding.path;
  if (finding.origin.span.line != 0)
    text += ":" + std::to_string(finding.origin.span.line) + ":" + std::to_string(finding.origin.span.column);
  return text;
}

class Maker {
 public:
  Maker(const std::vector<Target>& targets, const std::vector<const rules::Rule*>& rules)
      : targets_(targets), rules_(rules), surfaces_(surfaces_of(targets)) {}

  ChecklistLine line(std::string_view name, std::string_view title, const std::vector<Practice>& practices) const {
    ChecklistLine made{name, title, Standing::not_applicable, {}, 0};
    const std::size_t asked = rules_asked(practices);
    const bool answered = practices.front() == Practice::malicious_content && surfaces_.contains(Surface::image);
    if (const std::string_view words = elsewhere(practices); !words.empty() && !answered) {
      made.standing = Standing::not_known;
      made.evidence = words;
    } else if (asked == 0) {
      made.evidence = "no rule looks for it on these surfaces";
      return made;
    } else {
      made.standing = Standing::held;
      made.evidence = std::to_string(asked) + (asked == 1 ? " rule" : " rules") + " found nothing of weight";
    }
    if (const std::string open = left_open(practices); !open.empty()) {
      made.standing = Standing::not_known;
      made.evidence = open;
    }
    add_findings(practices, made);
    return made;
  }

 private:
  static bool among(Practice practice, const std::vector<Practice>& practices) {
    return std::ranges::find(practices, practice) != practices.end();
  }

  std::size_t rules_asked(const std::vector<Practice>& practices) const {
    return static_cast<std::size_t>(std::ranges::count_if(rules_, [&](const rules::Rule* rule) {
      return among(rule->info.practice, practices) && looks_at_any(rule->info, surfaces_);
    }));
  }

  std::string left_open(const std::vector<Practice>& practices) const {
    for (const Target& target : targets_) {
      for (const NotEvaluated& entry : target.not_evaluated) {
        const rules::Rule* rule = rules::find_rule(entry.rule);
        if (rule != nullptr && among(rule->info.practice, practices)) return entry.subject + ": " + entry.why;
      }
    }
    return {};
  }

  void add_findings(const std::vector<Practice>& practices, ChecklistLine& made) const {
    const Finding* worst = nullptr;
    const Target* where = nullptr;
    for (const Target& target : targets_) {
      for (const Finding& finding : target.findings) {
        if (finding.suppressed || finding.severity < Severity::medium || !among(finding.practice, practices)) continue;
        ++made.findings;
        if (worst != nullptr && finding.severity <= worst->severity) continue;
        worst = &finding;
        where = &target;
      }
    }
    if (worst == nullptr) return;
    made.standing = Standing::not_held;
    made.evidence = place_of(*where, *worst) + ": " + worst->message;
  }

  const std::vector<Target>& targets_;
  const std::vector<const rules::Rule*>& rules_;
  std::set<Surface> surfaces_;
};

std::vector<Practice> practices_named(std::string_view names) {
  std::vector<Practice> result;
  while (!names.empty()) {
    if (const auto practice = parse_practice(next_field(names, ' '))) result.push_back(*practice);
  }
  return result;
}

}  // namespace

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::held:
      return "held";
    case Standing::not_held:
      return "not held";
    case Standing::not_applicable:
      return "not applicable";
    case Standing::not_known:
      return "not known";
  }
  return "";
}

Checklist make_checklist(const std::vector<Target>& targets, const std::vector<const rules::Rule*>& rules) {
  const Maker maker(targets, rules);
  Checklist list;
  for (const PracticeInfo& info : practices())
    list.practices.push_back(maker.line(info.name, info.title, {info.practice}));
  for (const BriefLine& row : kBrief)
    list.brief.push_back(maker.line(row.words, row.words, practices_named(row.practices)));
  return list;
}

}  // namespace oakum::check
