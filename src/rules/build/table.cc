// One line per rule, sorted by id; the rule is called as its file.
#include "rules/build/table.h"

// clang-format off
#define OAKUM_RULES(RULE) \
  RULE(add_instead_of_copy) \
  RULE(apt_not_apt_get) \
  RULE(broken_json) \
  RULE(build_tools_in_final_stage) \
  RULE(cache_clean) \
  RULE(cd_in_run) \
  RULE(chmod_777) \
  RULE(chpasswd) \
  RULE(cmd_several) \
  RULE(copy_after_user_without_chown) \
  RULE(copy_archive) \
  RULE(copy_from_self) \
  RULE(copy_from_unknown) \
  RULE(copy_ignored) \
  RULE(copy_multi_no_slash) \
  RULE(copy_relative) \
  RULE(copy_root_fs) \
  RULE(default_shell) \
  RULE(definition_description) \
  RULE(dockerfile_syntax) \
  RULE(dockerignore_missing) \
  RULE(dockerignore_secrets) \
  RULE(empty_continuation) \
  RULE(entrypoint_several) \
  RULE(env_self_reference) \
  RULE(expose_format) \
  RULE(expose_proto_casing) \
  RULE(fetch_unverified) \
  RULE(from_as_casing) \
  RULE(healthcheck) \
  RULE(healthcheck_several) \
  RULE(heredoc_set_e) \
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
  RULE(no_install_recommends) \
  RULE(onbuild_forbidden) \
  RULE(openssl_vulnerable) \
  RULE(pin_packages) \
  RULE(pipefail) \
  RULE(pkg_signature_off) \
  RULE(pkg_update_alone) \
  RULE(pkg_upgrade) \
  RULE(platform_const) \
  RULE(platform_mismatch) \
  RULE(platform_redundant) \
  RULE(port_range) \
  RULE(port_ssh) \
  RULE(posix_tools) \
  RULE(remote_script) \
  RULE(run_consecutive) \
  RULE(secret_copied_then_removed) \
  RULE(secret_file_copied) \
  RULE(secret_in_build_arg) \
  RULE(secret_written_in_run) \
  RULE(shell_form) \
  RULE(stage_casing) \
  RULE(stage_duplicate) \
  RULE(stage_reserved) \
  RULE(stage_unreachable) \
  RULE(sudo) \
  RULE(tls_verify_off) \
  RULE(undefined_arg) \
  RULE(undefined_var) \
  RULE(user_created_unused) \
  RULE(user_in_passwdless_base) \
  RULE(useradd_l) \
  RULE(wget_and_curl) \
  RULE(wget_progress) \
  RULE(workdir_relative) \
  RULE(workdir_system) \
  RULE(yes_flag)
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
