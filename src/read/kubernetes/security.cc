#include "read/kubernetes/security.h"

#include "base/text.h"

namespace oakum::kubernetes {

namespace {

using Kind = ProfileChoice::Kind;

void state_profile(Field<ProfileChoice>& field, const Place& place) {
  const Place type = place.at("type");
  const std::string name = type.text_or_empty();
  if (name == "RuntimeDefault") field.state({Kind::runtime_default, {}}, type.origin());
  if (name == "Unconfined") field.state({Kind::unconfined, {}}, type.origin());
  if (name == "Localhost") field.state({Kind::custom, place.at("localhostProfile").text_or_empty()}, type.origin());
  if (!type.known()) field.state({Kind::custom, name}, type.origin(), false);
}

void state_selinux(Field<SelinuxOptions>& field, const Place& place) {
  if (!place) return;
  SelinuxOptions options;
  options.user = place.at("user").text_or_empty();
  options.role = place.at("role").text_or_empty();
  options.type = place.at("type").text_or_empty();
  options.level = place.at("level").text_or_empty();
  const Place type = place.find("type");
  field.state(std::move(options), type ? type.origin() : place.key_origin());
}

// A uid or gid, kept as text like the users of the other surfaces.
void state_id(Field<std::string>& field, const Place& place) {
  if (!place.known()) return field.state(place.text_or_empty(), place.origin(), false);
  if (const auto id = place.integer()) field.state(std::to_string(*id), place.origin());
}

void read_shared(const Place& context, Workload& workload) {
  state_id(workload.user, context.at("runAsUser"));
  state_id(workload.group, context.at("runAsGroup"));
  state(workload.run_as_non_root, context.at("runAsNonRoot"));
  state_profile(workload.seccomp, context.at("seccompProfile"));
  state_profile(workload.apparmor, context.at("appArmorProfile"));
  state_selinux(workload.selinux, context.at("seLinuxOptions"));
  state(workload.pod->windows_host_process, context.at("windowsOptions").at("hostProcess"));
}

void read_sysctls(const Place& sysctls, Workload& workload) {
  for (const Place& item : sysctls.items()) {
    const Place name = item.at("name");
    if (const auto key = name.text()) {
      workload.sysctls.add({*key, item.at("value").text_or_empty()}, name.origin(), name.known());
    }
  }
}

}  // namespace

void read_pod_security(const Place& context, Workload& workload) {
  if (!context) return;
  workload.pod->security_context_pod.state(true, context.key_origin());
  read_shared(context, workload);
  state(workload.pod->fs_group, context.at("fsGroup"));
  for (const Place& group : context.at("supplementalGroups").items()) {
    if (const auto id = group.integer()) workload.extra_groups.add(std::to_string(*id), group.origin());
  }
  if (workload.pod->fs_group.known()) {
    workload.extra_groups.add(std::to_string(*workload.pod->fs_group), workload.pod->fs_group.origin());
  }
  read_sysctls(context.at("sysctls"), workload);
}

void read_apparmor_annotation(std::string_view container, Workload& workload) {
  constexpr std::string_view kPrefix = "container.apparmor.security.beta.kubernetes.io/";
  for (const auto& annotation : workload.annotations) {
    const std::string& key = annotation.value.key;
    if (!key.starts_with(kPrefix) || std::string_view(key).substr(kPrefix.size()) != container) continue;
    const std::string_view value = annotation.value.value;
    ProfileChoice choice{Kind::custom, std::string(value)};
    if (value == "runtime/default" || value.empty()) choice = {Kind::runtime_default, {}};
    if (value == "unconfined") choice = {Kind::unconfined, {}};
    if (value.starts_with("localhost/")) choice.name = value.substr(10);
    workload.apparmor.state(std::move(choice), annotation.origin, annotation.known);
  }
}

void read_container_security(const Place& context, Workload& workload) {
  if (!context) return;
  workload.pod->security_context_container.state(true, context.key_origin());
  read_shared(context, workload);
  state(workload.privileged, context.at("privileged"));
  state_negated(workload.no_new_privileges, context.at("allowPrivilegeEscalation"));
  state(workload.read_only, context.at("readOnlyRootFilesystem"));
  const Place capabilities = context.at("capabilities");
  state(workload.cap_add, capabilities.at("add"));
  state(workload.cap_drop, capabilities.at("drop"));
  const Place proc_mount = context.at("procMount");
  if (const auto mode = proc_mount.text()) {
    workload.unmasked_paths.state(*mode == "Unmasked", proc_mount.origin(), proc_mount.known());
  }
}

}  // namespace oakum::kubernetes
