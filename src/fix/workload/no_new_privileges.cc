#include <algorithm>
#include <optional>
#include <string_view>

#include "fix/workload/family.h"
#include "model/capabilities.h"
#include "model/platform_defaults.h"

namespace oakum::fix::workload {

namespace {

// Programs that are nothing without the setuid bit of their file.
constexpr std::string_view kGaining[] = {"doas", "newuidmap", "pkexec", "su", "sudo"};

bool has_sys_admin(const Workload& workload) {
  return std::ranges::any_of(workload.cap_add, [](const Stated<std::string>& item) {
    const std::string name = canonical_capability(item.value);
    return name == "SYS_ADMIN" || name == "ALL";
  });
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (is_kubernetes(**workload) && (effective_privileged(**workload) || has_sys_admin(**workload)))
    return refuse(
        "Kubernetes does not take it from a container that is privileged or has SYS_ADMIN: put that right first");
  for (const std::string_view program : kGaining) {
    if (calls(**workload, program))
      return refuse("its command calls " + quoted(program) +
                    ", which cannot change the user then: start it as that user instead");
  }
  const Field<bool>& field = (*workload)->no_new_privileges;
  Planned planned = answer({set(Key::no_new_privileges, true, field ? std::optional(field.origin()) : std::nullopt)});
  const ImageNeeds* needs = known_needs(**workload, context.subjects);
  if (planned && needs != nullptr && needs->gains_rights) {
    planned->safety = FixSafety::unsafe;
    planned->note = "this image's program is known to take rights from capabilities of its file";
  }
  return planned;
}

}  // namespace

extern constinit const Remedy no_new_privileges{"no-new-privileges", plan};

}  // namespace oakum::fix::workload
