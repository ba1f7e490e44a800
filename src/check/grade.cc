#include "check/grade.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace oakum::check {

namespace {

int points(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return 40;
    case Severity::high:
      return 15;
    case Severity::medium:
    case Severity::unknown:
      return 5;
    case Severity::low:
      return 1;
    case Severity::info:
      return 0;
  }
  return 0;
}

char letter_of(int score) {
  if (score >= 90) return 'A';
  if (score >= 75) return 'B';
  if (score >= 60) return 'C';
  return score >= 40 ? 'D' : 'F';
}

}  // namespace

std::optional<Grade> grade_of(const Target& target) {
  if (!target.errors.empty() && target.subjects.empty()) return std::nullopt;
  Grade grade;
  Severity worst = Severity::info;
  std::set<std::pair<std::string_view, std::string_view>> counted;
  for (const Finding& finding : target.findings) {
    if (finding.suppressed || !counted.insert({finding.rule, finding.subject}).second) continue;
    grade.score -= points(finding.severity);
    worst = std::max(worst, finding.severity);
  }
  grade.score = std::max(grade.score, 0);
  grade.letter = letter_of(grade.score);
  const char best = worst == Severity::critical ? 'D' : worst == Severity::high ? 'C' : 'A';
  if (grade.letter < best) {
    grade.letter = best;
    grade.why = worst == Severity::critical ? "a critical finding holds it at D" : "a high finding holds it at C";
  }
  return grade;
}

}  // namespace oakum::check
