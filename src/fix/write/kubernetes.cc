// Manifests: which part of the container or its pod says what a change is about.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "fix/kit/yaml_path.h"
#include "fix/write/pod_writer.h"
#include "fix/write/statements.h"

namespace oakum::fix {

namespace {

using Done = YamlEditor::Done;

bool begins_with(const YamlPath& path, const YamlPath& start) {
  return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

}  // namespace

Written PodWriter::write(const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    if (Done done = take(change); !done) return std::unexpected(std::move(done.error()));
  }
  return manifest_.edits();
}

std::string PodWriter::text_at(const YamlPath& path) const {
  const yaml::Node* node = find(path);
  return node == nullptr ? std::string() : std::string(node->text());
}

YamlPath PodWriter::in_container(std::initializer_list<YamlStep> steps) const { return with(container_, steps); }
YamlPath PodWriter::in_pod(std::initializer_list<YamlStep> steps) const { return with(pod_, steps); }

YamlPath PodWriter::place_of(const Change& change) const {
  const std::optional<Origin> at = change.at ? change.at : where_stated(workload_, change.key);
  return at ? manifest_.place_of(*at) : YamlPath();
}

YamlPath PodWriter::item_of(YamlPath path) {
  while (!path.empty() && !path.back().index) path.pop_back();
  return path;
}

Done PodWriter::remove(const YamlPath& path) {
  if (path.empty()) return refuse("it is not stated in this document");
  if (begins_with(path, container_)) return yaml().remove(path, container_.size());
  if (begins_with(path, pod_)) return yaml().remove(path, pod_.size());
  // An annotation: its metadata stays.
  return yaml().remove(path, path.size() > 2 ? path.size() - 2 : 1);
}

Done PodWriter::take(const Change& change) {
  switch (change.key) {
    case Key::image:
      return yaml().set(in_container({"image"}), std::get<std::string>(change.value));
    case Key::pull_policy:
      return yaml().set(in_container({"imagePullPolicy"}), std::get<std::string>(change.value));
    case Key::automount_token:
      return yaml().set(in_pod({"automountServiceAccountToken"}), YamlValue::boolean(std::get<bool>(change.value)));
    case Key::fs_group:
      return yaml().set(in_pod({"securityContext", "fsGroup"}),
                        YamlValue::integer(std::get<std::int64_t>(change.value)));
    case Key::user:
    case Key::run_as_non_root:
    case Key::privileged:
    case Key::no_new_privileges:
    case Key::read_only:
    case Key::cap_add:
    case Key::cap_drop:
    case Key::seccomp:
    case Key::apparmor:
    case Key::selinux:
      return take_security(change);
    case Key::memory:
    case Key::memory_request:
    case Key::ephemeral_storage:
    case Key::cpus:
    case Key::cpu_request:
      return take_resource(change);
    case Key::unmasked_paths:
    case Key::proc_mount:
    case Key::host_aliases:
    case Key::pid_mode:
    case Key::ipc_mode:
    case Key::network_mode:
    case Key::userns_mode:
      return remove_stated(change);
    case Key::sysctls:
      return remove_item(change);
    case Key::mounts:
      return mount(change);
    case Key::ports:
      return port(change);
    case Key::environment:
      return environment(change);
    case Key::security_opt:
    case Key::devices:
    case Key::device_cgroup_rules:
    case Key::uts_mode:
    case Key::cgroup_parent:
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

Written write_kubernetes(const Subjects& subjects, ParsedTexts& texts, const Workload& workload,
                         const std::vector<Change>& changes) {
  const Source& source = *subjects.source(workload.origin.source);
  auto manifest = ManifestEditor::open(texts, source, workload.origin.span.begin);
  if (!manifest) return std::unexpected(std::move(manifest.error()));
  const auto container = parse_path(workload.origin.node);
  const auto pod = workload.pod ? parse_path(workload.pod->pod_spec.node) : std::nullopt;
  const auto is_there = [&](const std::optional<YamlPath>& path) {
    const yaml::Node* node = path ? manifest->yaml().find(*path) : nullptr;
    return node != nullptr && node->kind == yaml::Node::Kind::mapping;
  };
  if (!is_there(container) || !is_there(pod)) return refuse("its place in the document is not known");
  return PodWriter(workload, std::move(*manifest), *container, *pod).write(changes);
}

}  // namespace oakum::fix
