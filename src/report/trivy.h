// Trivy's JSON (SchemaVersion 2), for pipelines that read it.
#pragma once

#include <string>

#include "report/reporter.h"

namespace oakum::report {

std::string render_trivy(const Report& report, const ReportOptions& options);

}  // namespace oakum::report
