#include "model/severity.h"

#include "base/text.h"

namespace oakum {

namespace {

struct SeverityWord {
  std::string_view word;
  Severity severity;
};
// The first word of each severity is its name.
constexpr SeverityWord kSeverityWords[] = {
    {"critical", Severity::critical}, {"high", Severity::high},       {"important", Severity::high},
    {"medium", Severity::medium},     {"moderate", Severity::medium}, {"low", Severity::low},
    {"minor", Severity::low},         {"info", Severity::info},       {"negligible", Severity::info},
    {"unimportant", Severity::info},  {"none", Severity::info},       {"untriaged", Severity::unknown},
    {"unknown", Severity::unknown},
};

struct StatusWord {
  std::string_view word;
  FixStatus status;
};
constexpr StatusWord kStatusWords[] = {
    {"unknown", FixStatus::unknown},
    {"not_affected", FixStatus::not_affected},
    {"affected", FixStatus::affected},
    {"fixed", FixStatus::fixed},
    {"under_investigation", FixStatus::under_investigation},
    {"will_not_fix", FixStatus::will_not_fix},
    {"fix_deferred", FixStatus::fix_deferred},
    {"end_of_life", FixStatus::end_of_life},
};

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::unknown:
      return "unknown";
    case Severity::info:
      return "info";
    case Severity::low:
      return "low";
    case Severity::medium:
      return "medium";
    case Severity::high:
      return "high";
    case Severity::critical:
      return "critical";
  }
  return "unknown";
}

std::string_view to_string(FixStatus status) {
  for (const StatusWord& row : kStatusWords) {
    if (row.status == status) return row.word;
  }
  return "unknown";
}

std::optional<Severity> parse_severity(std::string_view text) {
  for (const SeverityWord& row : kSeverityWords) {
    if (equals_ignoring_case(row.word, text)) return row.severity;
  }
  return std::nullopt;
}

std::optional<FixStatus> parse_fix_status(std::string_view text) {
  std::string word = to_lower(text);
  for (char& c : word) {
    if (c == '-') c = '_';
  }
  for (const StatusWord& row : kStatusWords) {
    if (row.word == word) return row.status;
  }
  return std::nullopt;
}

Severity severity_of_cvss(double base_score) {
  if (base_score >= 9.0) return Severity::critical;
  if (base_score >= 7.0) return Severity::high;
  if (base_score >= 4.0) return Severity::medium;
  if (base_score > 0.0) return Severity::low;
  return Severity::info;
}

}  // namespace oakum
