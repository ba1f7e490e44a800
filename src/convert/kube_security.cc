// Who the container is and what it may do.
#include <algorithm>

#include "base/text.h"
#include "convert/kube_writer.h"
#include "model/capabilities.h"

namespace oakum::convert {

namespace {

using Kind = ProfileChoice::Kind;

void identity(const Item& item, Members& out, Notes& notes) {
  const Workload& workload = *item.workload;
  const auto number = [&](std::string key, const Field<std::string>& field) {
    if (!field) return;
    const auto id = field.known() ? parse_number<std::uint32_t>(*field) : std::nullopt;
    if (id) return out.emplace_back(std::move(key), YamlValue::integer(*id)), void();
    if (*field == "root") return out.emplace_back(std::move(key), YamlValue::integer(0)), void();
    notes.cannot(item, field.origin(), spelled(field.origin(), "user") + " " + printable(*field, 80),
                 "a pod names users by number: say the one that the image gives it");
  };
  number("runAsUser", workload.user);
  number("runAsGroup", workload.group);
  const auto id = workload.user.known() ? parse_number<std::uint32_t>(*workload.user) : std::nullopt;
  if (id.value_or(0) != 0 || workload.run_as_non_root.is(true))
    out.emplace_back("runAsNonRoot", YamlValue::boolean(true));
}

std::string capability(std::string_view name) {
  std::string upper;
  for (const char c : name) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return upper.starts_with("CAP_") ? upper.substr(4) : upper;
}

YamlValue capabilities(const Workload& workload) {
  Members members;
  const auto add = [&](std::string key, const List<std::string>& list) {
    std::vector<YamlValue> items;
    for (const Stated<std::string>& stated : list) items.emplace_back(capability(stated.value));
    if (!items.empty()) members.emplace_back(std::move(key), YamlValue::list(std::move(items)));
  };
  add("drop", workload.cap_drop);
  add("add", workload.cap_add);
  return YamlValue::map(std::move(members));
}

void profile(const Item& item, Members& out, std::string key, const Field<ProfileChoice>& field, Notes& notes) {
  const Kind kind = field.known() ? field->kind : Kind::runtime_default;
  if (kind == Kind::unconfined) {
    out.emplace_back(std::move(key), YamlValue::map({{"type", YamlValue("Unconfined")}}));
  } else if (kind == Kind::custom) {
    const std::string name =
        field->name.starts_with('{') ? "profile.json" : field->name.substr(field->name.rfind('/') + 1);
    out.emplace_back(std::move(key),
                     YamlValue::map({{"type", YamlValue("Localhost")}, {"localhostProfile", YamlValue(name)}}));
    notes.assume(item, field.origin(), "profile " + printable(name, 120),
                 "must be on each node, below the kubelet's seccomp directory or loaded into AppArmor");
  } else {
    out.emplace_back(std::move(key), YamlValue::map({{"type", YamlValue("RuntimeDefault")}}));
  }
}

void profiles(const Item& item, Members& out, Notes& notes) {
  const Workload& workload = *item.workload;
  // Docker's own filter is on by default, that of Kubernetes is not.
  if (!workload.privileged.is(true)) profile(item, out, "seccompProfile", workload.seccomp, notes);
  if (workload.apparmor) profile(item, out, "appArmorProfile", workload.apparmor, notes);
  if (!workload.selinux.known()) return;
  const SelinuxOptions& labels = *workload.selinux;
  if (labels.disabled) notes.cannot(item, workload.selinux.origin(), "label=disable", "a pod cannot switch labels off");
  Members members;
  const std::pair<std::string_view, const std::string*> kParts[] = {
      {"user", &labels.user}, {"role", &labels.role}, {"type", &labels.type}, {"level", &labels.level}};
  for (const auto& [key, value] : kParts) {
    if (!value->empty()) members.emplace_back(key, YamlValue(*value));
  }
  if (!members.empty()) out.emplace_back("seLinuxOptions", YamlValue::map(std::move(members)));
}

void other_options(const Item& item, Notes& notes) {
  constexpr std::string_view kKnown[] = {"no-new-privileges", "seccomp", "apparmor", "label", "systempaths"};
  for (const Stated<std::string>& stated : item.workload->security_opt) {
    const std::string_view name = std::string_view(stated.value).substr(0, stated.value.find_first_of("=:"));
    if (std::ranges::find(kKnown, name) == std::end(kKnown))
      notes.cannot(item, stated.origin, "security option " + printable(stated.value, 80),
                   "has no counterpart in Kubernetes");
  }
}

}  // namespace

YamlValue kube_security(const Item& item, Notes& notes) {
  const Workload& workload = *item.workload;
  Members out;
  identity(item, out, notes);
  if (workload.privileged.known()) out.emplace_back("privileged", YamlValue::boolean(*workload.privileged));
  if (workload.no_new_privileges.known())
    out.emplace_back("allowPrivilegeEscalation", YamlValue::boolean(!*workload.no_new_privileges));
  if (workload.read_only.known()) out.emplace_back("readOnlyRootFilesystem", YamlValue::boolean(*workload.read_only));
  if (YamlValue caps = capabilities(workload); !caps.is_empty()) out.emplace_back("capabilities", std::move(caps));
  profiles(item, out, notes);
  if (workload.unmasked_paths.is(true)) out.emplace_back("procMount", YamlValue("Unmasked"));
  other_options(item, notes);
  return YamlValue::map(std::move(out));
}

}  // namespace oakum::convert
