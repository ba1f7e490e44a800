#include "fix/workload/host_namespace.h"

namespace oakum::fix::workload {

Planned leave_host(const Finding& finding, const Context& context, Field<std::string> Workload::* mode, Key key) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const Field<std::string>& field = (*workload)->*mode;
  const bool through_other = field && (field->starts_with("service:") || field->starts_with("container:"));
  if (through_other) return refuse("it comes from the other container: put that one right, and this one is too");
  return answer({remove(key, finding.origin)});
}

}  // namespace oakum::fix::workload
