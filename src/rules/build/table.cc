// One line per rule, sorted by id; the rule is called as its file.
#include "rules/build/table.h"

// clang-format off
#define OAKUM_RULES(RULE) \
  RULE(add_instead_of_copy) \
  RULE(broken_json) \
  RULE(cmd_several) \
  RULE(copy_after_user_without_chown) \
  RULE(copy_from_self) \
  RULE(copy_from_unknown) \
  RULE(copy_ignored) \
  RULE(copy_multi_no_slash) \
  RULE(copy_relative) \
  RULE(copy_root_fs) \
  RULE(definition_description) \
  RULE(dockerignore_missing) \
  RULE(dockerignore_secrets) \
  RULE(empty_continuation) \
  RULE(entrypoint_several) \
  RULE(env_self_reference) \
  RULE(expose_format) \
  RULE(expose_proto_casing) \
  RULE(from_as_casing) \
  RULE(healthcheck) \
  RULE(healthcheck_several) \
  RULE(inline_ignore_used) \
  RULE(instruction_casing) \
  RULE(instruction_order) \
  RULE(invalid_default_arg) \
  RULE(label_empty) \
  RULE(label_extra) \
  RULE(label_format) \
  RULE(label_key) \
  RULE(label_missing) \
  RULE(legacy_key_value) \
  RULE(maintainer) \
  RULE(onbuild_forbidden) \
  RULE(platform_const) \
  RULE(platform_mismatch) \
  RULE(platform_redundant) \
  RULE(port_range) \
  RULE(port_ssh) \
  RULE(secret_file_copied) \
  RULE(secret_in_build_arg) \
  RULE(shell_form) \
  RULE(stage_casing) \
  RULE(stage_duplicate) \
  RULE(stage_reserved) \
  RULE(stage_unreachable) \
  RULE(undefined_arg) \
  RULE(undefined_var) \
  RULE(user_created_unused) \
  RULE(user_in_passwdless_base) \
  RULE(workdir_relative) \
  RULE(workdir_system)
// clang-format on

namespace oakum::rules {

#define OAKUM_DECLARE(name) extern const Rule name;
OAKUM_RULES(OAKUM_DECLARE)
#undef OAKUM_DECLARE

namespace {

#define OAKUM_ADDRESS(name) &name,
constexpr const Rule* kTable[] = {OAKUM_RULES(OAKUM_ADDRESS) nullptr};
#undef OAKUM_ADDRESS

}  // namespace

std::span<const Rule* const> build_rules() { return std::span(kTable).first(std::size(kTable) - 1); }

}  // namespace oakum::rules
