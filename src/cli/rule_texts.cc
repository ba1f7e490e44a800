#include "cli/rule_texts.h"

#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/all/all.h"

namespace oakum::cli {

namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) result.emplace_back(next_field(text, ' '));
  return result;
}

RuleText text_of(const rules::RuleInfo& info) {
  return {std::string(info.id), std::string(info.title), std::string(info.why), std::string(info.fix_summary),
          info.severity,        words(info.aliases),     words(info.references)};
}

}  // namespace

std::vector<RuleText> rule_texts(const Report& report) {
  std::set<std::string_view> ids;
  for (const Target& target : report.targets) {
    for (const Finding& finding : target.findings) ids.insert(finding.rule);
  }
  std::vector<RuleText> texts;
  for (const std::string_view id : ids) {
    if (const rules::Rule* rule = rules::find_rule(id)) texts.push_back(text_of(rule->info));
  }
  return texts;
}

}  // namespace oakum::cli
