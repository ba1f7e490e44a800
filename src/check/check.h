// A check: units are read, judged by the selected rules, and become the targets of a report.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "check/selection.h"
#include "check/unit.h"
#include "model/report.h"
#include "rules/kit/settings.h"

namespace oakum::check {

struct Plan {
  Selection selection;
  rules::Settings settings;
  bool shellcheck = true;   // ask the program of that name about RUN, where it is installed
  std::size_t threads = 0;  // 0: what the machine has
  // Called for one unit after another, in order, when it is read and before it is judged; others may be judged
  // meanwhile: looks up base images, for example.
  std::function<void(Unit&)> resolve;
  // Called for each unit after it was judged, possibly from several threads for different units: marks what pragmas,
  // configuration and peers' ignore conventions suppress, drops nothing; what is worth telling goes to the notes.
  std::function<void(const Subjects&, std::vector<Finding>&, std::vector<std::string>&)> suppress;
  // Called after that, likewise: works out fixes (Finding::fix.plan).
  std::function<void(const Subjects&, std::vector<Finding>&)> fix;
};

struct Pending {
  Unit unit;
  FileKind kind = FileKind::none;  // none: the unit's subjects are filled already (images, containers)
};

// Targets come in the order of the units, their findings sorted by path, place and rule. A finding in a file that is a
// target itself is that target's. Kubernetes units are also judged together, as one cluster's worth of objects.
std::vector<Target> run(std::vector<Pending> pending, const ReadOptions& options, const Plan& plan);

}  // namespace oakum::check
