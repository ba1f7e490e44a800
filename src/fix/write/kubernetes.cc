// Manifests: what is stated is changed where it stands (also in the pod's securityContext), what is not is added to the
// container, or to the pod where only that can say it.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/kit/yaml_edit.h"
#include "fix/kit/yaml_path.h"
#include "fix/write/run_values.h"
#include "fix/write/statements.h"
#include "fix/write/write.h"

namespace oakum::fix {

namespace {

using Done = YamlEditor::Done;

std::string quantity(std::int64_t bytes) {
  std::string text = size_text(bytes);
  if (text.ends_with('g')) return text.substr(0, text.size() - 1) + "Gi";
  if (text.ends_with('m')) return text.substr(0, text.size() - 1) + "Mi";
  if (text.ends_with('k')) return text.substr(0, text.size() - 1) + "Ki";
  return text;
}

std::string cores(double number) {
  const auto thousandths = static_cast<std::int64_t>(number * 1000 + 0.5);
  return thousandths % 1000 == 0 ? std::to_string(thousandths / 1000) : std::to_string(thousandths) + "m";
}

// A DNS label for a volume that holds `path`: "/var/cache/nginx" is "var-cache-nginx".
std::string volume_name(std::string_view path) {
  std::string name;
  for (const char c : to_lower(path)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) name += c;
    if (!plain && !name.empty() && !name.ends_with('-')) name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  if (name.size() > 50) name.resize(50);
  while (name.ends_with('-')) name.pop_back();
  return name.empty() ? "data" : name;
}

class PodWriter {
 public:
  PodWriter(const Source& source, const Workload& workload, YamlEditor editor, YamlPath container, YamlPath pod)
      : source_(source),
        workload_(workload),
        editor_(std::move(editor)),
        container_(std::move(container)),
        pod_(std::move(pod)) {}

  Written write(const std::vector<Change>& changes) {
    for (const Change& change : changes) {
      if (Done done = take(change); !done) return std::unexpected(std::move(done.error()));
    }
    return editor_.edits();
  }

 private:
  // Where the statement stands in this document; empty: in another text, or not stated.
  YamlPath place_of(const Change& change) const {
    const std::optional<Origin> at = change.at ? change.at : where_stated(workload_, change.key);
    if (!at || at->source != source_.number) return {};
    auto path = parse_path(at->node);
    return path && editor_.find(*path) != nullptr ? std::move(*path) : YamlPath();
  }

  YamlPath in_container(std::initializer_list<YamlStep> steps) const { return with(container_, steps); }
  YamlPath in_context(const char* key) const { return with(container_, {"securityContext", key}); }
  YamlPath in_pod(std::initializer_list<YamlStep> steps) const { return with(pod_, steps); }

  Done take(const Change& change) {
    switch (change.key) {
      case Key::image:
        return editor_.set(in_container({"image"}), std::get<std::string>(change.value));
      case Key::user:
        return user(change);
      case Key::run_as_non_root:
        return flag(change, in_context("runAsNonRoot"), false);
      case Key::privileged:
        return flag(change, in_context("privileged"), false);
      case Key::no_new_privileges:
        return flag(change, in_context("allowPrivilegeEscalation"), true);
      case Key::read_only:
        return flag(change, in_context("readOnlyRootFilesystem"), false);
      case Key::cap_add:
        return capability(change, "add");
      case Key::cap_drop:
        return capability(change, "drop");
      case Key::seccomp:
        return seccomp(change);
      case Key::apparmor:
      case Key::selinux:
        return remove_profile(change);
      case Key::unmasked_paths:
      case Key::proc_mount:
      case Key::host_aliases:
      case Key::devices:
      case Key::cgroup_parent:
        return remove_stated(change);
      case Key::pid_mode:
      case Key::ipc_mode:
      case Key::network_mode:
      case Key::uts_mode:
      case Key::userns_mode:
        return remove_stated(change);
      case Key::sysctls:
        return remove_item(change);
      case Key::mounts:
        return mount(change);
      case Key::ports:
        return port(change);
      case Key::memory:
        return resource("limits", "memory", quantity(std::get<std::int64_t>(change.value)));
      case Key::memory_request:
        return resource("requests", "memory", quantity(std::get<std::int64_t>(change.value)));
      case Key::ephemeral_storage:
        return resource("limits", "ephemeral-storage", quantity(std::get<std::int64_t>(change.value)));
      case Key::cpus:
        return resource("limits", "cpu", cores(std::get<double>(change.value)));
      case Key::cpu_request:
        return resource("requests", "cpu", cores(std::get<double>(change.value)));
      case Key::environment:
        return environment(change);
      case Key::pull_policy:
        return editor_.set(in_container({"imagePullPolicy"}), std::get<std::string>(change.value));
      case Key::automount_token:
        return editor_.set(in_pod({"automountServiceAccountToken"}), YamlValue::boolean(std::get<bool>(change.value)));
      case Key::fs_group:
        return editor_.set(in_pod({"securityContext", "fsGroup"}),
                           YamlValue::integer(std::get<std::int64_t>(change.value)));
      case Key::security_opt:
      case Key::device_cgroup_rules:
      case Key::publish_all:
      case Key::pids_limit:
      case Key::oom_kill_disable:
      case Key::healthcheck:
      case Key::restart:
      case Key::logging:
      case Key::init:
        break;
    }
    return refuse("a manifest cannot say it");
  }

  // `negated`: the key says the opposite.
  Done flag(const Change& change, const YamlPath& otherwise, bool negated) {
    const YamlPath stated = place_of(change);
    if (change.act == Change::Act::remove) return stated.empty() ? not_stated() : editor_.remove(stated, keep());
    const YamlValue value = YamlValue::boolean(std::get<bool>(change.value) != negated);
    return editor_.set(stated.empty() || ends_in_annotation(stated) ? otherwise : stated, value);
  }

  static bool ends_in_annotation(const YamlPath& path) {
    return path.size() >= 2 && path[path.size() - 2].key == "annotations";
  }

  // The container itself never goes with what it held.
  std::size_t keep() const { return container_.size(); }

  static Done not_stated() { return refuse("it is not stated in this document"); }

  // "65532:65532" or "65532"; a name cannot be said.
  Done user(const Change& change) {
    if (change.act == Change::Act::remove) return remove_stated(change);
    std::string_view rest = std::get<std::string>(change.value);
    const auto uid = parse_number<std::int64_t>(next_field(rest, ':'));
    if (!uid) return refuse("Kubernetes takes users by their number");
    const YamlPath stated = place_of(change);
    const YamlPath context = stated.empty() ? in_container({"securityContext"}) : without_last(stated);
    if (Done done = editor_.set(with(context, {"runAsUser"}), YamlValue::integer(*uid)); !done) return done;
    const auto gid = parse_number<std::int64_t>(rest);
    return gid ? editor_.set(with(context, {"runAsGroup"}), YamlValue::integer(*gid)) : Done();
  }

  Done capability(const Change& change, const char* list) {
    const YamlPath path = in_container({"securityContext", "capabilities", list});
    if (change.act == Change::Act::add) return editor_.append(path, std::get<std::string>(change.value));
    const YamlPath stated = place_of(change);
    if (stated.empty()) return not_stated();
    if (change.act == Change::Act::remove) return editor_.remove(stated, keep());
    return editor_.set(stated, std::get<std::string>(change.value));
  }

  Done seccomp(const Change& change) {
    const YamlPath stated = place_of(change);
    const bool in_field = !stated.empty() && stated.back().key == "type";
    const YamlPath profile = in_field ? without_last(stated) : in_context("seccompProfile");
    return editor_.set(profile, YamlValue::map({{"type", "RuntimeDefault"}}));
  }

  // The whole appArmorProfile or seLinuxOptions of which a part is stated; an annotation goes alone.
  Done remove_profile(const Change& change) {
    const YamlPath stated = place_of(change);
    if (stated.empty()) return not_stated();
    const bool part = stated.back().key == "type" || stated.back().key == "user" || stated.back().key == "role";
    return editor_.remove(part ? without_last(stated) : stated, pod_.size());
  }

  Done remove_stated(const Change& change) {
    const YamlPath stated = place_of(change);
    return stated.empty() ? not_stated() : editor_.remove(stated, pod_.size());
  }

  Done remove_item(const Change& change) {
    YamlPath stated = place_of(change);
    while (!stated.empty() && !stated.back().index) stated.pop_back();
    return stated.empty() ? not_stated() : editor_.remove(stated, pod_.size());
  }

  Done resource(const char* kind, const char* name, const std::string& value) {
    return editor_.set(in_container({"resources", kind, name}), value);
  }

  Done environment(const Change& change) {
    if (change.act == Change::Act::remove) return remove_item(change);
    const auto& pair = std::get<KeyValue>(change.value);
    if (change.at) {
      YamlPath item = place_of(change);
      while (!item.empty() && !item.back().index) item.pop_back();
      if (item.empty()) return not_stated();
      return editor_.set(with(item, {"value"}), pair.value);
    }
    return editor_.append(in_container({"env"}), YamlValue::map({{"name", pair.key}, {"value", pair.value}}));
  }

  // hostPort alone goes: the container still listens.
  Done port(const Change& change) {
    const YamlPath stated = place_of(change);
    if (change.act != Change::Act::remove) return refuse("a manifest publishes ports by a Service");
    if (stated.empty()) return not_stated();
    if (Done done = editor_.remove(stated, stated.size()); !done) return done;
    return editor_.remove(with(without_last(stated), {"hostIP"}), stated.size());
  }

  Done mount(const Change& change) {
    if (change.act == Change::Act::add) return add_directory(std::get<Mount>(change.value));
    YamlPath item = place_of(change);
    while (!item.empty() && !item.back().index) item.pop_back();
    if (item.size() < 2 || item[item.size() - 2].key != "volumeMounts") return volume(change, item);
    if (change.act == Change::Act::remove) return unmount(item);
    const auto& wanted = std::get<Mount>(change.value);
    if (wanted.read_only.value_or(false)) {
      if (Done done = editor_.set(with(item, {"readOnly"}), YamlValue::boolean(true)); !done) return done;
    }
    const YamlPath propagation = with(item, {"mountPropagation"});
    if (editor_.find(propagation) == nullptr || !wanted.propagation.empty()) return {};
    return editor_.remove(propagation, propagation.size());
  }

  // The finding is at the pod's volume: every mount of it is meant.
  Done volume(const Change& change, const YamlPath& item) {
    const yaml::Node* name = item.empty() ? nullptr : editor_.find(with(item, {"name"}));
    if (name == nullptr) return not_stated();
    const std::string volume = name->scalar;
    for (const auto& [list, index] : mounts_of(volume)) {
      const YamlPath mount = with(list, {YamlStep(index)});
      Done done;
      if (change.act == Change::Act::remove) {
        done = editor_.remove(mount, list.size() - 1);
      } else if (std::get<Mount>(change.value).read_only.value_or(false)) {
        done = editor_.set(with(mount, {"readOnly"}), YamlValue::boolean(true));
      }
      if (!done) return done;
    }
    return change.act == Change::Act::remove ? editor_.remove(item, pod_.size()) : Done();
  }

  // The mounts of a volume in all containers, the last of each list first so that removals do not shift others.
  std::vector<std::pair<YamlPath, std::size_t>> mounts_of(const std::string& volume) const {
    std::vector<std::pair<YamlPath, std::size_t>> mounts;
    for (const char* kind : {"containers", "initContainers", "ephemeralContainers"}) {
      const YamlPath containers = in_pod({kind});
      const yaml::Node* list = editor_.find(containers);
      for (std::size_t i = 0; list != nullptr && i < list->items.size(); ++i) {
        const yaml::Node* mounted = list->items[i].find("volumeMounts");
        for (std::size_t j = mounted == nullptr ? 0 : mounted->items.size(); j > 0; --j) {
          const yaml::Node* name = mounted->items[j - 1].find("name");
          if (name != nullptr && name->scalar == volume)
            mounts.emplace_back(with(containers, {YamlStep(i), "volumeMounts"}), j - 1);
        }
      }
    }
    return mounts;
  }

  // The mount goes, and the pod's volume with it when no other container mounts it.
  Done unmount(const YamlPath& item) {
    const yaml::Node* name = editor_.find(with(item, {"name"}));
    const std::string volume = name == nullptr ? std::string() : name->scalar;
    if (Done done = editor_.remove(item, keep()); !done) return done;
    if (!mounts_of(volume).empty()) return {};
    const yaml::Node* volumes = editor_.find(in_pod({"volumes"}));
    for (std::size_t i = 0; volumes != nullptr && i < volumes->items.size(); ++i) {
      const yaml::Node* called = volumes->items[i].find("name");
      if (called != nullptr && called->scalar == volume)
        return editor_.remove(in_pod({"volumes", YamlStep(i)}), pod_.size());
    }
    return {};
  }

  // An emptyDir for what is written; there is nothing to do where something is mounted already.
  Done add_directory(const Mount& wanted) {
    const yaml::Node* mounted = editor_.find(in_container({"volumeMounts"}));
    for (std::size_t i = 0; mounted != nullptr && i < mounted->items.size(); ++i) {
      const yaml::Node* path = mounted->items[i].find("mountPath");
      if (path != nullptr && path->scalar == wanted.target) return {};
    }
    const std::string name = free_name(volume_name(wanted.target));
    Done done = editor_.append(in_pod({"volumes"}), YamlValue::map({{"name", name}, {"emptyDir", YamlValue::map({})}}));
    if (!done) return done;
    return editor_.append(in_container({"volumeMounts"}),
                          YamlValue::map({{"name", name}, {"mountPath", wanted.target}}));
  }

  std::string free_name(const std::string& wanted) const {
    const yaml::Node* volumes = editor_.find(in_pod({"volumes"}));
    const auto taken = [&](const std::string& name) {
      return volumes != nullptr && std::ranges::any_of(volumes->items, [&](const yaml::Node& volume) {
               const yaml::Node* called = volume.find("name");
               return called != nullptr && called->scalar == name;
             });
    };
    if (!taken(wanted)) return wanted;
    for (int i = 2;; ++i) {
      std::string name = wanted + "-" + std::to_string(i);
      if (!taken(name)) return name;
    }
  }

  const Source& source_;
  const Workload& workload_;
  YamlEditor editor_;
  YamlPath container_, pod_;
};

}  // namespace

Written write_kubernetes(const Subjects& subjects, const Workload& workload, const std::vector<Change>& changes) {
  const Source& source = *subjects.source(workload.origin.source);
  auto editor = YamlEditor::open(source, workload.origin.span.begin);
  if (!editor) return std::unexpected(std::move(editor.error()));
  const auto container = parse_path(workload.origin.node);
  const auto pod = workload.pod ? parse_path(workload.pod->pod_spec.node) : std::nullopt;
  if (!container || !pod || editor->find(*container) == nullptr || editor->find(*pod) == nullptr)
    return refuse("its place in the document is not known");
  return PodWriter(source, workload, std::move(*editor), *container, *pod).write(changes);
}

}  // namespace oakum::fix
