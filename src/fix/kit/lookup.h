// From a finding back to what it is about.
#pragma once

#include "model/finding.h"
#include "model/subjects.h"

namespace oakum::fix {

// nullptr: it is about none, or not among these.
const Workload* workload_of(const Finding& finding, const Subjects& subjects);
const Dockerfile* dockerfile_of(const Finding& finding, const Subjects& subjects);
// The instruction whose bytes hold the finding's place; of ONBUILD the outer one.
const Instruction* instruction_of(const Finding& finding, const Dockerfile& file);
const KubernetesObject* object_of(const Finding& finding, const Subjects& subjects);

}  // namespace oakum::fix
