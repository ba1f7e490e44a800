// One letter for how a target stands: docs/grade.md tells the arithmetic.
#pragma once

#include <optional>

#include "model/report.h"

namespace oakum::check {

// nullopt when the target could not be read. Suppressed findings do not count; a rule counts once per subject.
std::optional<Grade> grade_of(const Target& target);

}  // namespace oakum::check
