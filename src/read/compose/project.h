// What a Compose file says at its top level.
#pragma once

#include "read/compose/context.h"
#include "read/compose/value.h"

namespace oakum::compose {

// Appends the services as Workloads, and the project, to the context's Subjects.
void read_project(Context& context, const Value& model, const Environment& environment);

}  // namespace oakum::compose
