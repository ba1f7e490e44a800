// What the remedies against the host's namespaces share.
#pragma once

#include "fix/workload/family.h"

namespace oakum::fix::workload {

// Takes the statement away; refused where the namespace comes through another container, and for programs and pods
// that are nothing without it.
Planned leave_host(const Finding& finding, const Context& context, Field<std::string> Workload::* mode, Key key);

// Of the same as a function.
template <Key key, Field<std::string> Workload::* mode>
Planned leave(const Finding& finding, const Context& context) {
  return leave_host(finding, context, mode, key);
}

}  // namespace oakum::fix::workload
