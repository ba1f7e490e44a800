#include "fix/workload/host_namespace.h"

#include <utility>

namespace oakum::fix::workload {

Planned leave_host(const Finding& finding, const Context& context, Field<std::string> Workload::* mode, Key key) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (auto wanted = is_for_its_host(**workload, context.subjects)) return std::unexpected(std::move(*wanted));
  const Field<std::string>& field = (*workload)->*mode;
  const bool through_other = field && (field->starts_with("service:") || field->starts_with("container:"));
  if (through_other) return refuse("it comes from the other container: put that one right, and this one is too");
  if (key == Key::network_mode && (*workload)->pod && (*workload)->pod->windows_host_process.is(true))
    return refuse("a HostProcess container of Windows has to be on the host's network: put windows-host-process right");
  return answer({remove(key, finding.origin)});
}

}  // namespace oakum::fix::workload
