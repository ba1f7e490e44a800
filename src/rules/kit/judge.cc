#include "rules/kit/judge.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::rules {

namespace {

// Sorted already: checked() sees to it.
std::vector<std::string> aliases_of(const RuleInfo& info) {
  std::vector<std::string> result;
  if (info.aliases.empty()) return result;
  constexpr std::size_t kUsual = 12;
  result.reserve(kUsual);
  std::size_t begin = 0;
  for (std::size_t end = info.aliases.find(' '); end != std::string_view::npos; end = info.aliases.find(' ', begin)) {
    result.emplace_back(info.aliases.substr(begin, end - begin));
    begin = end + 1;
  }
  result.emplace_back(info.aliases.substr(begin));
  return result;
}

// Which step of the image's history it is, the first is 1; "" for none of them.
std::string step_of(const Dockerfile& build, const Instruction& instruction) {
  const auto& all = build.instructions;
  const auto at = std::ranges::find(all, &instruction, [](const Instruction& step) { return &step; });
  if (at == all.end()) return {};
  return join({"step ", std::to_string(at - all.begin() + 1), " of ", std::to_string(all.size())});
}

}  // namespace

Finding& Judge::found(const Origin& where, std::string_view subject, std::string message) {
  const RuleInfo& info = rule_.info;
  // Not in its place yet: what it is made from may be of a finding before it.
  Finding finding{
      .rule = std::string(info.id),
      .title = std::string(info.title),
      .aliases = aliases_of(info),
      .severity = info.severity,
      .practice = info.practice,
      .message = std::move(message),
      .subject = std::string(subject),
      .origin = where,
      .fix = {info.fix, std::string(info.fix_summary), nullptr},
  };
  return outcome_.findings.emplace_back(std::move(finding));
}

Finding& Judge::found(const Workload& workload, std::string message) {
  return found(workload, workload.origin, std::move(message));
}

Finding& Judge::found(const Workload& workload, const Origin& where, std::string message) {
  if (where == workload.origin && is_open(workload)) return unsaid_.emplace();
  Finding& finding = found(where, workload.subject, std::move(message));
  const auto& all = subjects_.workloads;
  const auto index = all.empty() ? -1 : &workload - all.data();
  if (index >= 0 && static_cast<std::size_t>(index) < all.size()) finding.workload = static_cast<std::uint32_t>(index);
  return finding;
}

Finding& Judge::found(const Dockerfile& dockerfile, const Instruction& instruction, std::string message) {
  return found(dockerfile, instruction, instruction.span, std::move(message));
}

Finding& Judge::found(const Dockerfile& dockerfile, const Instruction& instruction, const Span& where,
                      std::string message) {
  if (!dockerfile.image.empty()) {  // a history has no text to point at: the message names the step
    const std::string step = step_of(dockerfile, instruction);
    return found({.surface = Surface::image, .source = dockerfile.source, .node = step},
                 join({"image ", quoted(dockerfile.image)}), join({message, ", in ", step, " of its history"}));
  }
  return found(origin_of(dockerfile, where, instruction.name), stage_name(dockerfile, instruction.stage),
               std::move(message));
}

Finding& Judge::found(const KubernetesObject& object, const Origin& where, std::string message) {
  return found(where, join({object.kind, " ", quoted(object.name)}), std::move(message));
}

Finding& Judge::found(const ImageFacts& image, std::string message) {
  return found(image.origin, join({"image ", quoted(image.name)}), std::move(message));
}

bool Judge::is_open(const Workload& workload) {
  if (workload.surface == Surface::kubernetes && !workload.image) {
    could_not(workload.origin, workload.subject,
              "it has no image, so it is a patch: what it is applied to may set what is missing here");
    return true;
  }
  if (workload.surface == Surface::compose) return is_part(workload);
  if (workload.surface != Surface::run_command) return false;
  const auto unknown = std::ranges::find_if(workload.unmodelled.items, [](const Stated<KeyValue>& item) {
    return !item.known && (item.value.key.starts_with('$') || item.value.key.starts_with('<'));
  });
  if (unknown == workload.unmodelled.items.end()) return false;
  could_not(unknown->origin, workload.subject,
            join({"what ", quoted(unknown->value.key), " holds is not known: it may set what is missing here"}));
  return true;
}

bool Judge::is_part(const Workload& workload) {
  const auto lost = std::ranges::find_if(workload.unmodelled.items, [](const Stated<KeyValue>& item) {
    return !item.known && item.value.key == "extends";
  });
  if (lost != workload.unmodelled.items.end()) {
    could_not(lost->origin, workload.subject, "what it extends is not here: it may set what is missing here");
    return true;
  }
  if (workload.image || workload.build) return false;
  could_not(workload.origin, workload.subject,
            "it has neither image nor build: the file that it adds to may set what is missing here");
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
  return {dockerfile.image.empty() ? Surface::dockerfile : Surface::image, dockerfile.source, span, std::move(node)};
}

}  // namespace oakum::rules
