// Grype's JSON, for pipelines that read it.
#pragma once

#include <string>

#include "report/reporter.h"

namespace oakum::report {

std::string render_grype(const Report& report, const ReportOptions& options);

}  // namespace oakum::report
