// The native format: docs/report.schema.json.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "report/reporter.h"

namespace oakum::report {

// One package, as in the list `packages` of a target.
nlohmann::ordered_json package_json(const Package& package);

std::string render_json(const Report& report, const ReportOptions& options);

}  // namespace oakum::report
