#include "rules/kit/judge.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::rules {

namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  if (text.empty()) return result;
  result.reserve(static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1);
  while (!text.empty()) result.emplace_back(next_field(text, ' '));
  if (!std::ranges::is_sorted(result)) std::ranges::sort(result);
  return result;
}

std::string subject_of(const Dockerfile& dockerfile, const Instruction& instruction) {
  return stage_name(dockerfile, instruction.stage);
}

}  // namespace

Finding& Judge::found(const Origin& where, std::string_view subject, std::string message) {
  const RuleInfo& info = rule_.info;
  Finding finding;
  finding.rule = info.id;
  finding.title = info.title;
  finding.aliases = words(info.aliases);
  finding.severity = info.severity;
  finding.practice = info.practice;
  finding.message = std::move(message);
  finding.subject = subject;
  finding.origin = where;
  finding.fix = {info.fix, std::string(info.fix_summary)};
  return outcome_.findings.emplace_back(std::move(finding));
}

Finding& Judge::found(const Workload& workload, std::string message) {
  return found(workload, workload.origin, std::move(message));
}

Finding& Judge::found(const Workload& workload, const Origin& where, std::string message) {
  if (where == workload.origin && is_open(workload)) return unsaid_ = {};
  return found(where, workload.subject, std::move(message));
}

Finding& Judge::found(const Dockerfile& dockerfile, const Instruction& instruction, std::string message) {
  return found(dockerfile, instruction, instruction.span, std::move(message));
}

Finding& Judge::found(const Dockerfile& dockerfile, const Instruction& instruction, const Span& where,
                      std::string message) {
  return found(origin_of(dockerfile, where, instruction.name), subject_of(dockerfile, instruction), std::move(message));
}

Finding& Judge::found(const KubernetesObject& object, const Origin& where, std::string message) {
  return found(where, join({object.kind, " ", quoted(object.name)}), std::move(message));
}

Finding& Judge::found(const ImageFacts& image, std::string message) {
  return found(image.origin, join({"image ", quoted(image.name)}), std::move(message));
}

bool Judge::is_open(const Workload& workload) {
  if (workload.surface != Surface::run_command) return false;
  const auto unknown = std::ranges::find_if(workload.unmodelled.items, [](const Stated<KeyValue>& item) {
    return !item.known && item.value.key.starts_with('$');
  });
  if (unknown == workload.unmodelled.items.end()) return false;
  could_not(unknown->origin, workload.subject,
            join({"what ", quoted(unknown->value.key), " holds is not known: it may set what is missing here"}));
  return true;
}

void Judge::could_not(const Origin& where, std::string_view subject, std::string why) {
  outcome_.not_evaluated.push_back({std::string(rule_.info.id), std::string(subject), std::move(why), where});
}

void only_aliases(Finding& finding, std::initializer_list<std::string_view> aliases) {
  finding.aliases.assign(aliases.begin(), aliases.end());
  std::ranges::sort(finding.aliases);
}

void add_alias(Finding& finding, std::string_view alias) {
  const auto place = std::ranges::lower_bound(finding.aliases, alias);
  if (place == finding.aliases.end() || *place != alias) finding.aliases.emplace(place, alias);
}

std::string join(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  std::string result;
  result.reserve(size);
  for (const std::string_view part : parts) result += part;
  return result;
}

std::string quoted(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

std::string stage_name(const Dockerfile& dockerfile, std::size_t stage) {
  if (stage >= dockerfile.stages.size()) return "before the first FROM";
  const std::string& name = dockerfile.stages[stage].name;
  return name.empty() ? "stage " + std::to_string(stage) : "stage " + quoted(name);
}

Origin origin_of(const Dockerfile& dockerfile, const Span& span, std::string node) {
  return {Surface::dockerfile, dockerfile.source, span, std::move(node)};
}

}  // namespace oakum::rules
