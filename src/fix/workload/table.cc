// One line per remedy, sorted by rule; the remedy is called as its file.
#include "fix/workload/table.h"

#define OAKUM_REMEDIES(REMEDY)

namespace oakum::fix {

#define OAKUM_DECLARE(name) extern constinit const Remedy name;
namespace workload {
OAKUM_REMEDIES(OAKUM_DECLARE)
}
#undef OAKUM_DECLARE

std::span<const Remedy* const> workload_remedies() {
#define OAKUM_ADDRESS(name) &workload::name,
  static constexpr const Remedy* kTable[] = {OAKUM_REMEDIES(OAKUM_ADDRESS) nullptr};
#undef OAKUM_ADDRESS
  return std::span(kTable).first(std::size(kTable) - 1);
}

}  // namespace oakum::fix
