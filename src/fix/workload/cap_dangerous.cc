#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fix/workload/family.h"
#include "model/capabilities.h"

namespace oakum::fix::workload {

namespace {

const Stated<std::string>* item_at(const Workload& workload, const Origin& place) {
  for (const Stated<std::string>& item : workload.cap_add) {
    if (item.origin.span == place.span && item.origin.source == place.source) return &item;
  }
  return nullptr;
}

// A device that is of no use without the capability.
struct DeviceNeeds {
  std::string_view device, capability;
};
constexpr DeviceNeeds kDevices[] = {{"/dev/net/tun", "NET_ADMIN"}, {"/dev/fuse", "SYS_ADMIN"}, {"/dev/kmsg", "SYSLOG"}};

std::optional<Refusal> is_needed(const Workload& workload, std::string_view name, const Context& context) {
  constexpr std::string_view kHow = ": if it really has to, say so with a reason in an ignore comment";
  for (const DeviceNeeds& row : kDevices) {
    const bool there = std::ranges::any_of(
        workload.devices, [&](const Stated<Device>& device) { return device.value.host == row.device; });
    if (there && row.capability == name)
      return Refusal{"its device " + std::string(row.device) + " is of no use without " + std::string(name) +
                     std::string(kHow)};
  }
  const ImageNeeds* needs = known_needs(workload, context.subjects);
  if (needs != nullptr && std::ranges::count(words_of(needs->capabilities), name) > 0)
    return Refusal{"this image's program is known to use " + std::string(name) + std::string(kHow)};
  return std::nullopt;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const Stated<std::string>* item = item_at(**workload, finding.origin);
  const Needs* found = found_needs(**workload, context);
  if (item != nullptr && found != nullptr) {
    const std::string name = canonical_capability(item->value);
    if (found->capabilities.contains(name))
      return refuse("it was seen to use " + name + ": if it really has to, say so with a reason in an ignore comment");
  }
  if (item != nullptr) {
    if (auto reason = is_needed(**workload, canonical_capability(item->value), context))
      return std::unexpected(std::move(*reason));
  }
  return answer({remove(Key::cap_add, finding.origin)});
}

}  // namespace

extern constinit const Remedy cap_dangerous{"cap-dangerous", plan};

}  // namespace oakum::fix::workload
