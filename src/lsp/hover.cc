#include "lsp/hover.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "lsp/json.h"
#include "rules/all/all.h"

namespace oakum::lsp {

namespace {

constexpr std::size_t kMaxPages = 4;

struct Page {
  std::string text;
  std::vector<const rules::Rule*> rules;
};

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
}

// The rules that the word at the place is a name or an alias of: in `# oakum ignore=…` and in peers' comments.
struct Named {
  std::vector<const rules::Rule*> rules;
  std::size_t begin = 0, end = 0;
};
Named named_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 80;
  Named named{{}, at, at};
  while (named.begin > 0 && at - named.begin < kLongest && is_word_byte(text[named.begin - 1])) --named.begin;
  while (named.end < text.size() && named.end - at < kLongest && is_word_byte(text[named.end])) ++named.end;
  // Plain words ("user") are no names: ids of rules have a dash, those of peers a digit or a colon.
  const std::string_view word = text.substr(named.begin, named.end - named.begin);
  if (word.find_first_of("-:0123456789") != std::string_view::npos) named.rules = rules::rules_named(word);
  return named;
}

std::string line_of(const Finding& finding, bool markdown) {
  std::string line = (markdown ? "**" : "") + std::string(to_string(finding.severity)) + (markdown ? "** " : " ") +
                     printable(finding.subject.empty() ? finding.message : finding.subject + ": " + finding.message);
  if (!finding.evidence.empty()) line += " (" + printable(finding.evidence) + ")";
  if (finding.fix.plan != nullptr && !finding.fix.plan->refused.empty())
    line += "; no quick fix: " + printable(finding.fix.plan->refused);
  if (finding.fix.plan != nullptr && !finding.fix.plan->note.empty())
    line += "; to know: " + printable(finding.fix.plan->note);
  return line;
}

Json answer(const std::string& text, const Range& range, bool markdown) {
  return {{"contents", {{"kind", markdown ? "markdown" : "plaintext"}, {"value", text}}}, {"range", to_json(range)}};
}

// Each rule once.
std::string pages(const std::vector<const rules::Rule*>& rules, bool markdown, const Host& host) {
  std::string text;
  std::vector<const rules::Rule*> shown;
  for (const rules::Rule* rule : rules) {
    if (shown.size() == kMaxPages || std::ranges::find(shown, rule) != shown.end()) continue;
    shown.push_back(rule);
    text += (text.empty() ? "" : markdown ? "\n---\n\n" : "\n") + host.page(*rule, markdown);
  }
  return text;
}

}  // namespace

Json hover(const Document& document, const Position& at, const Workspace& workspace, const Client& client,
           const Host& host) {
  const TextLines lines(document.text, client.encoding);
  const Named named = named_at(document.text, lines.offset(at));
  if (!named.rules.empty())
    return answer(pages(named.rules, client.markdown, host), lines.range(named.begin, named.end), client.markdown);

  std::string facts;
  std::vector<const rules::Rule*> rules;
  std::optional<Range> where;
  for (const Shown& shown : workspace.shown(document)) {
    const Range range = place_of(shown.finding->origin.span, lines);
    if (!meet(range, {at, at})) continue;
    if (!where) where = range;
    facts += line_of(*shown.finding, client.markdown) + "\n\n";
    if (const rules::Rule* rule = rules::find_rule(shown.finding->rule)) rules.push_back(rule);
  }
  if (!where) return nullptr;
  return answer(facts + (client.markdown ? "---\n\n" : "") + pages(rules, client.markdown, host), *where,
                client.markdown);
}

}  // namespace oakum::lsp
