// One line per remedy, sorted by rule; the remedy is called as its file.
#include "fix/kubernetes/table.h"

#define OAKUM_REMEDIES(REMEDY)     \
  REMEDY(api_deprecated)           \
  REMEDY(cpu_request)              \
  REMEDY(disruption_budget_blocks) \
  REMEDY(ephemeral_storage)        \
  REMEDY(group_root)               \
  REMEDY(host_aliases)             \
  REMEDY(host_port)                \
  REMEDY(ingress_snippet)          \
  REMEDY(job_ttl)                  \
  REMEDY(memory_request)           \
  REMEDY(namespace_pod_security)   \
  REMEDY(network_policy)           \
  REMEDY(network_policy_open)      \
  REMEDY(probe_host)               \
  REMEDY(proc_mount)               \
  REMEDY(pull_policy)              \
  REMEDY(rbac_anonymous)           \
  REMEDY(seccomp_annotation)       \
  REMEDY(secret_as_env)            \
  REMEDY(service_account_field)    \
  REMEDY(service_account_token)    \
  REMEDY(service_exposed)          \
  REMEDY(service_external_ips)     \
  REMEDY(user_low_uid)             \
  REMEDY(windows_host_process)

namespace oakum::fix {

#define OAKUM_DECLARE(name) extern constinit const Remedy name;
namespace kubernetes {
OAKUM_REMEDIES(OAKUM_DECLARE)
}
#undef OAKUM_DECLARE

std::span<const Remedy* const> kubernetes_remedies() {
#define OAKUM_ADDRESS(name) &kubernetes::name,
  static constexpr const Remedy* kTable[] = {OAKUM_REMEDIES(OAKUM_ADDRESS) nullptr};
#undef OAKUM_ADDRESS
  return std::span(kTable).first(std::size(kTable) - 1);
}

}  // namespace oakum::fix
