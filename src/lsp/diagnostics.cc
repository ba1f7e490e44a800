#include "lsp/diagnostics.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "lsp/json.h"
#include "lsp/uri.h"
#include "rules/all/all.h"

namespace oakum::lsp {

namespace {

enum Level : int { kError = 1, kWarning = 2, kInformation = 3, kHint = 4 };

Level level_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high:
      return kError;
    case Severity::medium:
      return kWarning;
    case Severity::low:
      return kInformation;
    case Severity::info:
    case Severity::unknown:
      break;
  }
  return kHint;
}

// Rules about what does nothing (1: shown faded) or is going away (2: struck through).
struct Tag {
  std::string_view rule;
  int tag;
};
constexpr auto kTags = std::to_array<Tag>({
    {"api-deprecated", 2},
    {"inline-ignore-used", 1},
    {"legacy-env", 2},
    {"maintainer", 2},
    {"service-account-field", 2},
    {"stage-unreachable", 1},
    {"user-created-unused", 1},
    {"version-field", 1},
});

int tag_of(std::string_view rule) {
  const auto* found = std::ranges::find(kTags, rule, &Tag::rule);
  return found == kTags.end() ? 0 : found->tag;
}

std::string_view first_reference(std::string_view rule) {
  const rules::Rule* found = rules::find_rule(rule);
  return found == nullptr ? std::string_view() : found->info.references.substr(0, found->info.references.find(' '));
}

Json plain_diagnostic(const Range& range, Level level, std::string message) {
  return {{"range", to_json(range)}, {"severity", level}, {"source", "oakum"}, {"message", std::move(message)}};
}

Json related_of(const Shown& shown, const Documents& documents, const Client& client) {
  Json list = Json::array();
  for (const RelatedPlace& place : shown.finding->related) {
    const auto source = shown.analysis->sources.find(place.origin.source);
    if (source == shown.analysis->sources.end() || source->second.derived) continue;
    const TextLines lines(source->second.text, client.encoding);
    list.push_back(
        {{"location",
          {{"uri", uri_of(source->second.name, documents)}, {"range", to_json(place_of(place.origin.span, lines))}}},
         {"message", place.message}});
  }
  return list;
}

Json data_of(const Finding& finding) {
  return {{"rule", finding.rule},
          {"aliases", finding.aliases},
          {"subject", finding.subject},
          {"fix", to_string(finding.fix.safety)}};
}

// "NAME:LINE[:COLUMN]" and what follows; nullopt: about something else than this document.
struct Located {
  Position position;
  std::string_view rest;
};
std::optional<Located> located(std::string_view what, const std::string& name, const TextLines& lines) {
  if (!what.starts_with(name)) return std::nullopt;
  what.remove_prefix(name.size());
  Located found{{}, what};
  if (!what.starts_with(':')) return what.empty() ? std::optional(found) : std::nullopt;
  what.remove_prefix(1);
  std::string_view rest = what;
  const auto line = parse_number<std::uint32_t>(next_field(rest, ':'));
  if (!line || *line == 0) return found;
  found.position = lines.position(lines.begin_of(*line - 1));
  found.rest = rest;
  std::string_view more = rest;
  const auto column = parse_number<std::uint32_t>(next_field(more, ':'));
  if (!column || *column == 0) return found;
  found.position = lines.position(std::min(lines.begin_of(*line - 1) + *column - 1, lines.end_of(*line - 1)));
  found.rest = more;
  return found;
}

std::string told(std::string_view before, const std::string& why, const std::string& todo) {
  std::string text(trim(before));
  if (!text.empty()) text += ": ";
  text += why;
  if (!todo.empty()) text += "; " + todo;
  return text;
}

}  // namespace

Range place_of(const Span& span, const TextLines& lines) {
  if (span.line == 0) return {};
  const Position start = lines.position(span.begin);
  const Position end = lines.position(std::max(span.begin, span.end));
  if (end.line == start.line) return {start, end};
  return {start, lines.position(lines.end_of(start.line))};
}

std::string uri_of(const std::string& name, const Documents& documents) {
  const Document* document = documents.named(name);
  return document == nullptr ? uri_of_path(name) : document->uri;
}

Json diagnostic_of(const Shown& shown, const TextLines& lines, const Documents& documents, const Client& client) {
  const Finding& finding = *shown.finding;
  Json result =
      plain_diagnostic(place_of(finding.origin.span, lines), level_of(finding.severity), printable(finding.message));
  result["code"] = finding.rule;
  const std::string_view reference = first_reference(finding.rule);
  if (client.code_description && !reference.empty()) result["codeDescription"] = {{"href", reference}};
  if (const int tag = tag_of(finding.rule); client.tags && tag != 0) result["tags"] = Json::array({tag});
  if (client.related && !finding.related.empty()) result["relatedInformation"] = related_of(shown, documents, client);
  if (client.data) result["data"] = data_of(finding);
  return result;
}

void add_others(const Document& document, const Analysis& analysis, const TextLines& lines, bool not_evaluated,
                Json& diagnostics) {
  for (const Error& error : analysis.errors) {
    const auto place = located(error.what, document.name, lines);
    const Position at = place ? place->position : Position{};
    const std::string_view before = place ? place->rest : std::string_view(error.what);
    diagnostics.push_back(plain_diagnostic({at, at}, kError, printable(told(before, error.why, error.todo))));
  }
  for (const std::string& note : analysis.notes) {
    const auto place = located(note, document.name, lines);
    if (!place) continue;
    diagnostics.push_back(
        plain_diagnostic({place->position, place->position}, kInformation, printable(trim(place->rest))));
  }
  if (!not_evaluated) return;
  for (const NotEvaluated& entry : analysis.not_evaluated) {
    const auto source = analysis.sources.find(entry.origin.source);
    if (source == analysis.sources.end() || source->second.name != document.name) continue;
    Json hint = plain_diagnostic(place_of(entry.origin.span, lines), kHint, "not evaluated: " + printable(entry.why));
    hint["code"] = entry.rule;
    diagnostics.push_back(std::move(hint));
  }
}

}  // namespace oakum::lsp
