// The native format: docs/report.schema.json.
#pragma once

#include <string>

#include "report/reporter.h"

namespace oakum::report {

std::string render_json(const Report& report, const ReportOptions& options);

}  // namespace oakum::report
