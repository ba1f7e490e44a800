// One line per rule, sorted by id; the rule is called as its file.
#include "rules/image/table.h"

#define OAKUM_RULES(RULE)                \
  RULE(compiler_in_image)                \
  RULE(duplicate_uid)                    \
  RULE(empty_password)                   \
  RULE(file_capabilities)                \
  RULE(image_efficiency)                 \
  RULE(package_manager_in_image)         \
  RULE(secret_file_in_image)             \
  RULE(sensitive_volume)                 \
  RULE(setuid_files)                     \
  RULE(shell_and_network_tools_in_image) \
  RULE(sudo_in_image)                    \
  RULE(unnecessary_files)                \
  RULE(world_writable)

namespace oakum::rules {

#define OAKUM_DECLARE(name) extern const Rule name;
OAKUM_RULES(OAKUM_DECLARE)
#undef OAKUM_DECLARE

namespace {

#define OAKUM_ADDRESS(name) &name,
constexpr const Rule* kTable[] = {OAKUM_RULES(OAKUM_ADDRESS) nullptr};
#undef OAKUM_ADDRESS

}  // namespace

std::span<const Rule* const> image_rules() { return std::span(kTable).first(std::size(kTable) - 1); }

}  // namespace oakum::rules
