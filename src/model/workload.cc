#include "model/workload.h"

#include <algorithm>

namespace oakum {

std::string_view to_string(Engine engine) {
  switch (engine) {
    case Engine::docker:
      return "docker";
    case Engine::podman:
      return "podman";
    case Engine::kubernetes:
      return "kubernetes";
    case Engine::oci:
      return "oci";
  }
  return "";
}

std::string_view to_string(MountKind kind) {
  switch (kind) {
    case MountKind::bind:
      return "bind";
    case MountKind::volume:
      return "volume";
    case MountKind::tmpfs:
      return "tmpfs";
    case MountKind::empty_dir:
      return "empty-dir";
    case MountKind::ephemeral:
      return "ephemeral";
    case MountKind::secret:
      return "secret";
    case MountKind::config:
      return "config";
    case MountKind::projected:
      return "projected";
    case MountKind::image:
      return "image";
    case MountKind::npipe:
      return "npipe";
    case MountKind::cluster:
      return "cluster";
    case MountKind::other:
      return "other";
  }
  return "";
}

const std::string* Mount::option(std::string_view key) const {
  const auto found = std::ranges::find(options, key, &KeyValue::key);
  return found == options.end() ? nullptr : &found->value;
}

bool Mount::has_option(std::string_view key) const { return option(key) != nullptr; }

}  // namespace oakum
