// SARIF 2.1.0, for code scanning.
#pragma once

#include <string>

#include "report/reporter.h"

namespace oakum::report {

std::string render_sarif(const Report& report, const ReportOptions& options);

}  // namespace oakum::report
