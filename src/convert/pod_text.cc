#include "convert/pod_text.h"

#include "base/text.h"
#include "convert/names.h"

namespace oakum::convert {

std::string text_of_pod(const Item& item, const std::string& text, const Origin& origin, Notes& notes) {
  if (!item.is(Surface::kubernetes)) return text;
  bool refers = false;
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text[i] != '$' || i + 1 == text.size()) continue;
    if (text[i + 1] == '$')
      ++i;
    else if (text[i + 1] == '(')
      refers = true;
  }
  if (refers)
    notes.cannot(item, origin, spelled(origin, "a value"),
                 "refers to a variable as $(NAME), which only Kubernetes works out");
  return result;
}

Mount claimed_volume(const Workload& workload, const Mount& mount) {
  const bool claimed = workload.pod && workload.pod->kind == "StatefulSet" && mount.kind == MountKind::other &&
                       mount.type.empty() && mount.source.empty() && !mount.name.empty();
  if (!claimed) return mount;
  Mount volume = mount;
  volume.kind = MountKind::volume;
  volume.source = compose_name(workload.pod->object + "-" + mount.name);
  return volume;
}

std::string mount_text(const Mount& mount) {
  std::string text = "mount";
  if (!mount.type.empty()) text += " " + printable(mount.type, 40);
  if (!mount.source.empty()) text += " " + printable(mount.source, 120);
  return text + " at " + printable(mount.target, 200);
}

}  // namespace oakum::convert
