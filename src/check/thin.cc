#include "check/thin.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

namespace oakum::check {

namespace {

// That the builder refuses a place is left out where a rule says of the same place what is wrong with it.
void thin_refusals(std::vector<Finding>& findings) {
  const auto is_refusal = [](const Finding& finding) { return finding.rule == "dockerfile-syntax"; };
  if (std::ranges::none_of(findings, is_refusal)) return;
  std::set<std::pair<std::string, std::uint32_t>> told;
  for (const Finding& finding : findings) {
    if (!is_refusal(finding)) told.emplace(finding.path, finding.origin.span.line);
  }
  std::erase_if(findings, [&](const Finding& finding) {
    return is_refusal(finding) && told.contains({finding.path, finding.origin.span.line});
  });
}

auto place_of(const Finding& finding) {
  return std::tie(finding.path, finding.origin.span.begin, finding.origin.span.end, finding.rule, finding.message);
}

bool is_before(const Finding& a, const Finding& b) {
  const auto left = place_of(a);
  const auto right = place_of(b);
  return left < right || (left == right && a.subject < b.subject);
}

// In order of place, and as they came where that is equal. Findings are large: their numbers are sorted, and each is
// moved once.
std::vector<Finding> in_order(std::vector<Finding> findings) {
  std::vector<std::uint32_t> order(findings.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    if (is_before(findings[a], findings[b])) return true;
    return a < b && !is_before(findings[b], findings[a]);
  });
  std::vector<Finding> sorted;
  sorted.reserve(findings.size());
  for (const std::uint32_t number : order) sorted.push_back(std::move(findings[number]));
  return sorted;
}

// One line that several services share: an edit of it mends them all.
bool is_same_line(const Finding& a, const Finding& b) {
  return a.origin.span.line != 0 && place_of(a) == place_of(b) && a.severity == b.severity &&
         a.suppressed.has_value() == b.suppressed.has_value();
}

// `service "a", service "b" and 2 more`
std::string subjects_of(const std::vector<Finding>& findings, std::size_t first, std::size_t end) {
  constexpr std::size_t kNamed = 3;
  std::vector<std::string_view> names;
  for (std::size_t i = first; i < end; ++i) {
    if (names.empty() || names.back() != findings[i].subject) names.push_back(findings[i].subject);
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  if (names.size() > kNamed) text += " and " + std::to_string(names.size() - kNamed) + " more";
  return text;
}

void join_subjects(std::vector<Finding>& findings) {
  std::size_t kept = 0;
  for (std::size_t first = 0; first < findings.size();) {
    std::size_t end = first + 1;
    while (end < findings.size() && is_same_line(findings[first], findings[end])) ++end;
    if (end > first + 1) findings[first].subject = subjects_of(findings, first, end);
    if (kept != first) findings[kept] = std::move(findings[first]);
    ++kept;
    first = end;
  }
  findings.resize(kept);
}

}  // namespace

void Readings::note(const Unit& unit) {
  const auto name_of = [&](std::uint32_t number) {
    const Source* source = unit.subjects.source(number);
    return source == nullptr ? std::string() : source->name;
  };
  for (const Dockerfile& file : unit.subjects.dockerfiles) {
    if (file.stages.size() < 2) continue;
    const std::string name = name_of(file.source);
    for (const Stage& stage : file.stages) {
      if ((stage.used || stage.is_final) && stage.first < file.instructions.size())
        used_stages_.emplace(name, file.instructions[stage.first].span.line);
    }
  }
  for (const ComposeProject& project : unit.subjects.projects) {
    for (const std::uint32_t number : project.sources) {
      std::string name = name_of(number);
      const bool own = name == unit.name || std::ranges::find(unit.paths, name) != unit.paths.end();
      if (!own) parts_.insert(std::move(name));
    }
  }
}

bool Readings::contradict(const Finding& finding) const {
  if (finding.rule == "stage-unreachable") return used_stages_.contains({finding.path, finding.origin.span.line});
  return finding.rule == "project-name" && parts_.contains(finding.path);
}

void thin(std::vector<Finding>& findings, const Readings& readings) {
  std::erase_if(findings, [&](const Finding& finding) { return readings.contradict(finding); });
  thin_refusals(findings);
  findings = in_order(std::move(findings));
  const auto repeated = std::ranges::unique(findings, [](const Finding& a, const Finding& b) {
    return place_of(a) == place_of(b) && a.subject == b.subject;
  });
  findings.erase(repeated.begin(), repeated.end());
  join_subjects(findings);
}

}  // namespace oakum::check
