// One reading and judging of everything, with some texts standing for files.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "check/check.h"
#include "fix/run/groups.h"
#include "fix/run/run.h"
#include "model/finding.h"
#include "model/report.h"
#include "model/subjects.h"

namespace oakum::fix {

// What one reading of everything gave.
struct Round {
  std::vector<Target> targets;
  check::Texts sources;  // of all that was read and has an own text, by name
  std::vector<UnitTexts> units;
};
using RoundPointer = std::shared_ptr<const Round>;
using Planner = std::function<void(const Subjects&, std::vector<Finding>&)>;

// `planner`, which may be null, sees the findings of each unit with what was read for it, from several threads at once.
RoundPointer judge(const Request& request, const check::Texts& texts, const Planner& planner);

}  // namespace oakum::fix
