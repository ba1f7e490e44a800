// A check for people: each finding with the line it is about and what to do, then the sum and the few things to do
// first.
#pragma once

#include <string>

#include "report/reporter.h"

namespace oakum::report {

std::string render_findings(const Report& report, const ReportOptions& options);

}  // namespace oakum::report
