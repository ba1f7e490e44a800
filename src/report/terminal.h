// For people: the summary and the few actions that remove the most first, then the details.
#pragma once

#include <string>

#include "report/reporter.h"

namespace oakum::report {

std::string render_terminal(const Report& report, const ReportOptions& options);

}  // namespace oakum::report
