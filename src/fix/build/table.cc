// One line per remedy, sorted by rule; the remedy is called as its file.
#include "fix/build/table.h"

#define OAKUM_REMEDIES(REMEDY)          \
  REMEDY(add_instead_of_copy)           \
  REMEDY(apt_not_apt_get)               \
  REMEDY(broken_json)                   \
  REMEDY(build_tools_in_final_stage)    \
  REMEDY(cache_clean)                   \
  REMEDY(cd_in_run)                     \
  REMEDY(chmod_777)                     \
  REMEDY(cmd_several)                   \
  REMEDY(copy_after_user_without_chown) \
  REMEDY(copy_archive)                  \
  REMEDY(copy_multi_no_slash)           \
  REMEDY(copy_relative)                 \
  REMEDY(default_shell)                 \
  REMEDY(dockerignore_missing)          \
  REMEDY(dockerignore_secrets)          \
  REMEDY(empty_continuation)            \
  REMEDY(entrypoint_several)            \
  REMEDY(env_self_reference)            \
  REMEDY(expose_format)                 \
  REMEDY(expose_proto_casing)           \
  REMEDY(from_as_casing)                \
  REMEDY(healthcheck)                   \
  REMEDY(healthcheck_several)           \
  REMEDY(heredoc_set_e)                 \
  REMEDY(image_latest)                  \
  REMEDY(image_no_digest)               \
  REMEDY(image_untagged)                \
  REMEDY(inline_ignore_used)            \
  REMEDY(instruction_casing)            \
  REMEDY(instruction_order)             \
  REMEDY(legacy_key_value)              \
  REMEDY(maintainer)                    \
  REMEDY(no_install_recommends)         \
  REMEDY(pipefail)                      \
  REMEDY(pkg_signature_off)             \
  REMEDY(pkg_update_alone)              \
  REMEDY(platform_const)                \
  REMEDY(platform_redundant)            \
  REMEDY(port_ssh)                      \
  REMEDY(ports_privileged)              \
  REMEDY(remote_script)                 \
  REMEDY(run_consecutive)               \
  REMEDY(runtime_socket)                \
  REMEDY(secret_copied_then_removed)    \
  REMEDY(secret_file_copied)            \
  REMEDY(secret_in_build_arg)           \
  REMEDY(sensitive_volume)              \
  REMEDY(shell_form)                    \
  REMEDY(stage_casing)                  \
  REMEDY(stage_duplicate)               \
  REMEDY(stage_reserved)                \
  REMEDY(sudo)                          \
  REMEDY(tls_verify_off)                \
  REMEDY(user_created_unused)           \
  REMEDY(user_in_passwdless_base)       \
  REMEDY(user_missing)                  \
  REMEDY(user_nonnumeric)               \
  REMEDY(user_root)                     \
  REMEDY(useradd_l)                     \
  REMEDY(wget_progress)                 \
  REMEDY(workdir_relative)              \
  REMEDY(yes_flag)

namespace oakum::fix {

#define OAKUM_DECLARE(name) extern constinit const Remedy name;
namespace build {
OAKUM_REMEDIES(OAKUM_DECLARE)
}
#undef OAKUM_DECLARE

std::span<const Remedy* const> build_remedies() {
#define OAKUM_ADDRESS(name) &build::name,
  static constexpr const Remedy* kTable[] = {OAKUM_REMEDIES(OAKUM_ADDRESS) nullptr};
#undef OAKUM_ADDRESS
  return std::span(kTable).first(std::size(kTable) - 1);
}

}  // namespace oakum::fix
