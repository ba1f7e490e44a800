// What reporters tell about the rules behind a report's findings.
#pragma once

#include <vector>

#include "model/report.h"

namespace oakum::cli {

// One for each rule that has a finding, sorted by id.
std::vector<RuleText> rule_texts(const Report& report);

}  // namespace oakum::cli
