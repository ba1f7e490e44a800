#include "cli/rule_page.h"

#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "check/selection.h"
#include "report/layout.h"

namespace oakum::cli {

namespace {

using rules::RuleInfo;

struct SurfaceWord {
  Surface surface;
  std::string_view word;
  std::string_view fence;  // language of a code block
};
constexpr SurfaceWord kSurfaces[] = {
    {Surface::dockerfile, "Dockerfile", "dockerfile"},
    {Surface::image, "image", "json"},
    {Surface::compose, "Compose", "yaml"},
    {Surface::kubernetes, "Kubernetes", "yaml"},
    {Surface::run_command, "run line", "sh"},
    {Surface::container, "running container", "json"},
};

std::string_view fence_of(Surface surface) {
  for (const SurfaceWord& row : kSurfaces) {
    if (row.surface == surface) return row.fence;
  }
  return "";
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) words.emplace_back(next_field(text, ' '));
  return words;
}

std::string profile_words(const RuleInfo& rule) {
  std::vector<std::string> names;
  for (const check::ProfileInfo& info : check::profiles()) {
    if (check::in_profile(info.profile, rule)) names.emplace_back(info.name);
  }
  return report::joined(names, ", ");
}

std::string fix_words(const RuleInfo& rule) {
  switch (rule.fix) {
    case FixSafety::safe:
      return "safe: the workload cannot observe it";
    case FixSafety::unsafe:
      return "unsafe: it may change behaviour";
    case FixSafety::advice:
      return "advice: only you can know";
    case FixSafety::none:
      break;
  }
  return "none";
}

std::string block(const rules::Example& example) {
  return "```" + std::string(fence_of(example.surface)) + "\n" + std::string(example.text) + "```\n";
}

std::string indented(std::string_view text) {
  std::string result;
  while (const auto line = next_line(text)) result += "    " + std::string(*line) + "\n";
  return result;
}

// The facts under the title, as label and value.
std::vector<std::pair<std::string, std::string>> facts_of(const RuleInfo& rule) {
  return {{"severity", std::string(to_string(rule.severity))},
          {"practice", std::string(to_string(rule.practice))},
          {"looks at", surface_words(rule)},
          {"profiles", profile_words(rule)},
          {"also called", report::joined(words_of(rule.aliases), ", ")},
          {"since", std::string(rule.since)}};
}

}  // namespace

std::string surface_words(const RuleInfo& rule) {
  std::vector<std::string> words;
  for (const SurfaceWord& row : kSurfaces) {
    if (rule.surfaces.has(row.surface)) words.emplace_back(row.word);
  }
  return report::joined(words, ", ");
}

std::string_view grade_word(rules::Grade grade) {
  switch (grade) {
    case rules::Grade::recommended:
      return "recommended";
    case rules::Grade::strict:
      return "strict";
    case rules::Grade::style:
      return "style";
  }
  return "";
}

std::string rule_markdown(const rules::Rule& rule) {
  const RuleInfo& info = rule.info;
  std::string page = "# " + std::string(info.id) + "\n\n" + std::string(info.title) + "\n\n| | |\n| --- | --- |\n";
  for (const auto& [label, value] : facts_of(info)) {
    if (!value.empty()) page += "| " + label + " | " + value + " |\n";
  }
  page += "\n## Why it matters\n\n" + std::string(info.why) + "\n\n## Bad\n\n" + block(info.bad) + "\n## Good\n\n" +
          block(info.good);
  if (info.fix != FixSafety::none)
    page += "\n## Fix (" + fix_words(info) + ")\n\n" + std::string(info.fix_summary) + "\n";
  page += "\n## To let it be\n\n`# oakum ignore=" + std::string(info.id) + " -- reason` above the line, or `--skip " +
          std::string(info.id) + "`\n\n## References\n\n";
  for (const std::string& url : words_of(info.references)) page += "- <" + url + ">\n";
  return page;
}

std::string rule_text(const rules::Rule& rule, std::size_t width, bool colour) {
  const RuleInfo& info = rule.info;
  const report::Style style(colour);
  std::string text = style.bold(info.id) + ": " + std::string(info.title) + "\n\n";
  for (const auto& [label, value] : facts_of(info)) {
    if (value.empty()) continue;
    std::string body = report::paragraph(value, width - 15);
    for (std::size_t at = body.find('\n'); at != std::string::npos; at = body.find('\n', at + 1))
      body.insert(at + 1, 13, ' ');
    text += "  " + report::pad_right(label, 13) + body + "\n";
  }
  text += "\n" + report::paragraph(info.why, width) + "\n";
  text += "\n" + style.bold("bad") + "\n\n" + indented(info.bad.text);
  text += "\n" + style.bold("good") + "\n\n" + indented(info.good.text);
  if (info.fix != FixSafety::none)
    text += "\n" + style.bold("fix") + " (" + fix_words(info) + ")\n  " +
            report::paragraph(info.fix_summary, width - 2) + "\n";
  text += "\n" + style.bold("read more") + "\n";
  for (const std::string& url : words_of(info.references)) text += "  " + url + "\n";
  return text;
}

}  // namespace oakum::cli
