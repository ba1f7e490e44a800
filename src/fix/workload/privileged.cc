#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "fix/workload/capabilities.h"
#include "model/capabilities.h"
#include "model/platform_defaults.h"

namespace oakum::fix::workload {

namespace {

// Programs that do nothing for what may not change its host.
constexpr std::string_view kOfTheHost[] = {"dockerd",  "insmod", "iptables", "ip6tables", "losetup",
                                           "modprobe", "mount",  "nsenter",  "sysctl"};

// Why it cannot be taken away, as far as the image and the command tell.
std::optional<Refusal> needs_it(const Workload& workload, const Context& context) {
  const ImageNeeds* needs = known_needs(workload, context.subjects);
  if (needs != nullptr && needs->needs_privileged)
    return Refusal{
        "this image does nothing without: run it in a virtual machine, or use what needs no privileges (rootless "
        "BuildKit, Podman)"};
  if (auto host = is_for_its_host(workload, context.subjects)) return host;
  for (const std::string_view program : kOfTheHost) {
    if (calls(workload, program))
      return Refusal{"its command calls " + quoted(program) +
                     ", which does nothing without: let the host do that before it starts"};
  }
  return std::nullopt;
}

// What privileged hid from the other rules has to be good too: a lock that was on an open door.
Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (auto reason = needs_it(**workload, context)) return std::unexpected(std::move(*reason));
  std::vector<Change> changes = {remove(Key::privileged, finding.origin)};
  if (is_kubernetes(**workload)) return answer(std::move(changes));
  auto capabilities = drop_all(**workload, context, passed_over(finding, context));
  if (!capabilities) return std::unexpected(std::move(capabilities.error()));
  bool dropped = false;
  for (const Stated<std::string>& item : (*workload)->cap_drop) dropped |= canonical_capability(item.value) == "ALL";
  if (!dropped) std::ranges::move(*capabilities, std::back_inserter(changes));
  if (!effective_no_new_privileges(**workload)) {
    std::optional<Origin> at;
    if ((*workload)->no_new_privileges) at = (*workload)->no_new_privileges.origin();
    changes.push_back(set(Key::no_new_privileges, true, std::move(at)));
  }
  if ((*workload)->unmasked_paths.is(true))
    changes.push_back(remove(Key::unmasked_paths, (*workload)->unmasked_paths.origin()));
  std::string note = note_on_user(**workload, changes);
  if (!note.empty()) note += "; ";
  return answer(std::move(changes), note + "devices that it used have to be named: `devices:` or --device");
}

}  // namespace

extern constinit const Remedy privileged{"privileged", plan};

}  // namespace oakum::fix::workload
