#include "rules/workload/host_namespace.h"

#include "rules/workload/family.h"

namespace oakum::rules {

void find_host_namespace(const Workload& workload, Judge& judge, const HostNamespace& name_space) {
  const bool said = is_host(name_space.mode);
  if ((!said && !name_space.in_kernel) || !first_of_pod(workload, judge)) return;
  const Origin& where = name_space.mode ? name_space.mode.origin() : workload.origin;
  std::string message(name_space.message);
  if (!said) message += ", as the kernel says";
  Finding& finding = judge.found(where, pod_subject(workload), std::move(message));
  forbidden_by(finding, workload, {"pss-baseline:hostNamespaces"});
}

}  // namespace oakum::rules
