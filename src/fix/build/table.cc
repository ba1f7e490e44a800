// One line per remedy, sorted by rule; the remedy is called as its file.
#include "fix/build/table.h"

#define OAKUM_REMEDIES(REMEDY)  \
  REMEDY(add_instead_of_copy)   \
  REMEDY(apt_not_apt_get)       \
  REMEDY(cache_clean)           \
  REMEDY(cmd_several)           \
  REMEDY(copy_multi_no_slash)   \
  REMEDY(default_shell)         \
  REMEDY(empty_continuation)    \
  REMEDY(entrypoint_several)    \
  REMEDY(expose_format)         \
  REMEDY(expose_proto_casing)   \
  REMEDY(from_as_casing)        \
  REMEDY(healthcheck_several)   \
  REMEDY(heredoc_set_e)         \
  REMEDY(instruction_casing)    \
  REMEDY(legacy_key_value)      \
  REMEDY(maintainer)            \
  REMEDY(no_install_recommends) \
  REMEDY(pipefail)              \
  REMEDY(pkg_update_alone)      \
  REMEDY(platform_const)        \
  REMEDY(platform_redundant)    \
  REMEDY(run_consecutive)       \
  REMEDY(sudo)                  \
  REMEDY(useradd_l)             \
  REMEDY(wget_progress)         \
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
