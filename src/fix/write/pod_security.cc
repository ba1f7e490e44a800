// What securityContext says. Capabilities, privileged, allowPrivilegeEscalation, readOnlyRootFilesystem and procMount
// are the container's alone; users and profiles a pod states for all of them.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fix/kit/yaml_path.h"
#include "fix/write/pod_writer.h"

namespace oakum::fix {

namespace {

using Done = YamlEditor::Done;

bool is_annotation(const YamlPath& path) { return path.size() > 1 && path[path.size() - 2].key == "annotations"; }

// What the baseline standard lets a pod choose.
constexpr std::string_view kContainerTypes[] = {"container_init_t", "container_kvm_t", "container_t"};

}  // namespace

// By what people say it with: the API server itself knows of spec.os alone.
bool PodWriter::is_for_windows() const {
  const Field<std::string>& os = workload_.pod->os;
  if (os.known()) return os.is("windows");
  return text_at(in_pod({"nodeSelector", "kubernetes.io/os"})) == "windows" ||
         find(in_pod({"securityContext", "windowsOptions"})) != nullptr ||
         find(in_container({"securityContext", "windowsOptions"})) != nullptr ||
         (workload_.image && is_windows_image(*workload_.image));
}

Done PodWriter::take_security(const Change& change) {
  if (change.act != Change::Act::remove && change.key != Key::run_as_non_root && is_for_windows())
    return refuse("its pod is for Windows nodes, which know no such setting: use windowsOptions and runAsNonRoot");
  switch (change.key) {
    case Key::user:
      return user(change);
    case Key::run_as_non_root:
      return flag(change, "runAsNonRoot", false);
    case Key::privileged:
      return flag(change, "privileged", false);
    case Key::no_new_privileges:
      return flag(change, "allowPrivilegeEscalation", true);
    case Key::read_only:
      return flag(change, "readOnlyRootFilesystem", false);
    case Key::cap_add:
      return capability(change, "add");
    case Key::cap_drop:
      return capability(change, "drop");
    case Key::seccomp:
      return seccomp(change);
    case Key::apparmor:
      return drop_apparmor(change);
    default:
      return drop_selinux(change);
  }
}

// `negated`: the key says the opposite.
Done PodWriter::flag(const Change& change, const char* key, bool negated) {
  const YamlPath stated = place_of(change);
  if (change.act == Change::Act::remove) {
    // The only statement of its context becomes "no": a container without any context is a finding of its own.
    const yaml::Node* context = stated.empty() ? nullptr : find(without_last(stated));
    if (change.key == Key::privileged && context != nullptr && context->members.size() == 1)
      return yaml().set(stated, YamlValue::boolean(false));
    return remove(stated);
  }
  const YamlValue value = YamlValue::boolean(std::get<bool>(change.value) != negated);
  return yaml().set(stated.empty() ? in_container({"securityContext", key}) : stated, value);
}

// "65532:65532" or "65532".
Done PodWriter::user(const Change& change) {
  const YamlPath stated = place_of(change);
  if (change.act == Change::Act::remove) return remove(stated);
  std::string_view rest = std::get<std::string>(change.value);
  const auto uid = parse_number<std::int64_t>(next_field(rest, ':'));
  if (!uid) return refuse("Kubernetes takes users by their number");
  const YamlPath context = stated.empty() ? in_container({"securityContext"}) : without_last(stated);
  if (Done done = yaml().set(with(context, {"runAsUser"}), YamlValue::integer(*uid)); !done) return done;
  const auto gid = parse_number<std::int64_t>(rest);
  return gid ? yaml().set(with(context, {"runAsGroup"}), YamlValue::integer(*gid)) : Done();
}

Done PodWriter::capability(const Change& change, const char* list) {
  if (change.act == Change::Act::add)
    return yaml().append(in_container({"securityContext", "capabilities", list}), std::get<std::string>(change.value));
  if (change.act == Change::Act::remove) return remove_stated(change);
  const YamlPath stated = place_of(change);
  if (stated.empty()) return refuse("it is not stated in this document");
  return yaml().set(stated, std::get<std::string>(change.value));
}

// Only ever the runtime's own profile.
Done PodWriter::seccomp(const Change& change) {
  const YamlPath stated = place_of(change);
  if (change.act == Change::Act::remove) return remove(stated.empty() ? stated : without_last(stated));
  const bool in_field = !stated.empty() && stated.back().key == "type";
  const YamlPath profile = in_field ? without_last(stated) : in_container({"securityContext", "seccompProfile"});
  if (Done done = yaml().set(with(profile, {"type"}), "RuntimeDefault"); !done) return done;
  return yaml().remove(with(profile, {"localhostProfile"}), profile.size() + 1);
}

Done PodWriter::drop_apparmor(const Change& change) {
  const YamlPath stated = place_of(change);
  return remove(stated.empty() || is_annotation(stated) ? stated : without_last(stated));
}

// A level keeps containers apart from each other and stays; a type for containers does too.
Done PodWriter::drop_selinux(const Change& change) {
  YamlPath options = place_of(change);
  if (!options.empty() && options.back().key != "seLinuxOptions") options.pop_back();
  if (options.empty()) return remove(options);
  const bool own_type =
      std::ranges::find(kContainerTypes, text_at(with(options, {"type"}))) == std::end(kContainerTypes);
  for (const std::string_view key : {"user", "role", "type"}) {
    if ((key == "type" && !own_type) || find(with(options, {key})) == nullptr) continue;
    if (Done done = remove(with(options, {key})); !done) return done;
  }
  return {};
}

}  // namespace oakum::fix
