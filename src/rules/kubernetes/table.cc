// One line per rule, sorted by id; the rule is called as its file.
#include "rules/kubernetes/table.h"

#define OAKUM_RULES(RULE)       \
  RULE(cpu_request)             \
  RULE(dashboard)               \
  RULE(duplicate_env)           \
  RULE(group_root)              \
  RULE(host_aliases)            \
  RULE(host_port)               \
  RULE(liveness_probe)          \
  RULE(memory_request)          \
  RULE(probe_host)              \
  RULE(probe_port)              \
  RULE(proc_mount)              \
  RULE(pull_policy)             \
  RULE(readiness_probe)         \
  RULE(seccomp_annotation)      \
  RULE(secret_as_env)           \
  RULE(security_context)        \
  RULE(service_account_default) \
  RULE(service_account_field)   \
  RULE(service_account_token)   \
  RULE(tiller)                  \
  RULE(user_low_uid)            \
  RULE(volume_types)            \
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
