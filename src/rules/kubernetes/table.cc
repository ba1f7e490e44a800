// One line per rule, sorted by id; the rule is called as its file.
#include "rules/kubernetes/table.h"

#define OAKUM_RULES(RULE)        \
  RULE(api_deprecated)           \
  RULE(autoscaler_minimum)       \
  RULE(cpu_request)              \
  RULE(dangling_reference)       \
  RULE(dashboard)                \
  RULE(disruption_budget)        \
  RULE(disruption_budget_blocks) \
  RULE(duplicate_env)            \
  RULE(ephemeral_storage)        \
  RULE(git_sync_program)         \
  RULE(group_root)               \
  RULE(host_aliases)             \
  RULE(host_port)                \
  RULE(ingress_no_tls)           \
  RULE(ingress_snippet)          \
  RULE(ingress_wildcard_host)    \
  RULE(job_ttl)                  \
  RULE(liveness_probe)           \
  RULE(memory_request)           \
  RULE(mismatching_selector)     \
  RULE(namespace_default)        \
  RULE(namespace_kube_system)    \
  RULE(namespace_limits)         \
  RULE(namespace_pod_security)   \
  RULE(network_policy)           \
  RULE(network_policy_open)      \
  RULE(priority_class)           \
  RULE(probe_host)               \
  RULE(probe_port)               \
  RULE(proc_mount)               \
  RULE(pull_policy)              \
  RULE(rbac_anonymous)           \
  RULE(rbac_certificates)        \
  RULE(rbac_cluster_admin)       \
  RULE(rbac_configmaps)          \
  RULE(rbac_default_account)     \
  RULE(rbac_escalate)            \
  RULE(rbac_exec)                \
  RULE(rbac_exec_binding)        \
  RULE(rbac_impersonate)         \
  RULE(rbac_logs)                \
  RULE(rbac_manage_roles)        \
  RULE(rbac_masters)             \
  RULE(rbac_network)             \
  RULE(rbac_node_proxy)          \
  RULE(rbac_secrets)             \
  RULE(rbac_service_status)      \
  RULE(rbac_tokens)              \
  RULE(rbac_webhooks)            \
  RULE(rbac_wildcard)            \
  RULE(rbac_workloads)           \
  RULE(readiness_probe)          \
  RULE(replicas)                 \
  RULE(rolling_update)           \
  RULE(seccomp_annotation)       \
  RULE(secret_as_env)            \
  RULE(secret_in_configmap)      \
  RULE(security_context)         \
  RULE(service_account_default)  \
  RULE(service_account_field)    \
  RULE(service_account_token)    \
  RULE(service_exposed)          \
  RULE(service_external_ips)     \
  RULE(spread)                   \
  RULE(tiller)                   \
  RULE(user_low_uid)             \
  RULE(volume_types)             \
  RULE(windows_host_process)

namespace oakum::rules {

#define OAKUM_DECLARE(name) extern const Rule name;
OAKUM_RULES(OAKUM_DECLARE)
#undef OAKUM_DECLARE

namespace {

#define OAKUM_ADDRESS(name) &name,
constexpr const Rule* kTable[] = {OAKUM_RULES(OAKUM_ADDRESS) nullptr};
#undef OAKUM_ADDRESS

}  // namespace

std::span<const Rule* const> kubernetes_rules() { return std::span(kTable).first(std::size(kTable) - 1); }

}  // namespace oakum::rules
