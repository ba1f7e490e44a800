// Fixes worked out for a report: what JSON and SARIF carry.
#pragma once

#include <vector>

#include "model/finding.h"
#include "model/subjects.h"

namespace oakum::cli {

// Plans the fixes of all findings; no registry is asked. Reports are kept and mailed: where
// an edit or the lines around it hold a secret, the report says so instead; `oakum fix` still makes that edit.
void plan_for_report(const Subjects& subjects, std::vector<Finding>& findings);

}  // namespace oakum::cli
