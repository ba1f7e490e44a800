// The practices as a list: held, not held, not applicable, not known — each with the fact that decides.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/report.h"
#include "rules/kit/rule.h"

namespace oakum::check {

enum class Standing : std::uint8_t { held, not_held, not_applicable, not_known };
std::string_view to_string(Standing standing);  // "held", "not held", "not applicable", "not known"

struct ChecklistLine {
  std::string_view name;  // practice, or a short line's words
  std::string_view title;
  Standing standing = Standing::not_applicable;
  std::string evidence;  // "3 of 4 subjects; first: compose.yaml:4:3 …", "12 rules, 4 subjects"
  std::size_t findings = 0;
};

struct Checklist {
  std::vector<ChecklistLine> practices;  // in the order of the table of practices
  std::vector<ChecklistLine> brief;      // the thirteen lines that guides end with
};

// From targets judged by every rule. A practice is held when some rule of it looked at a surface that is there, nothing
// of medium or worse was found, and nothing was left unjudged; suppressed findings do not count against it.
Checklist make_checklist(const std::vector<Target>& targets, const std::vector<const rules::Rule*>& rules);

}  // namespace oakum::check
