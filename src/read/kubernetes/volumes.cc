#include "read/kubernetes/volumes.h"

#include <algorithm>

namespace oakum::kubernetes {

namespace {

struct VolumeType {
  std::string_view key;
  MountKind kind;
  std::string_view source;  // the member that names what is behind it
};
// core/v1 Volume; what is not here is MountKind::other with its key as the type.
constexpr VolumeType kTypes[] = {
    {"hostPath", MountKind::bind, "path"},
    {"emptyDir", MountKind::empty_dir, ""},
    {"persistentVolumeClaim", MountKind::volume, "claimName"},
    {"ephemeral", MountKind::ephemeral, ""},
    {"secret", MountKind::secret, "secretName"},
    {"configMap", MountKind::config, "name"},
    {"downwardAPI", MountKind::config, ""},
    {"projected", MountKind::projected, ""},
    {"image", MountKind::image, "reference"},
    {"csi", MountKind::cluster, "driver"},
    {"nfs", MountKind::other, "path"},
    {"iscsi", MountKind::other, "targetPortal"},
    {"flexVolume", MountKind::other, "driver"},
    {"gitRepo", MountKind::other, "repository"},
};

const VolumeType* type_of(std::string_view key) {
  const auto* found = std::ranges::find(kTypes, key, &VolumeType::key);
  return found == std::end(kTypes) ? nullptr : found;
}

void read_projected(const Place& projected, Mount& mount) {
  for (const Place& source : projected.at("sources").items()) {
    for (const auto& [kind, value] : source.entries()) {
      const std::string name = value.find(kind == "serviceAccountToken" ? "path" : "name").text_or_empty();
      mount.options.push_back({kind, name});
    }
  }
}

void read_details(const VolumeType& type, const Place& value, Mount& mount) {
  if (!type.source.empty()) mount.source = value.at(type.source).text_or_empty();
  if (mount.kind == MountKind::bind) mount.host_path_type = value.at("type").text_or_empty();
  if (mount.kind == MountKind::projected) read_projected(value, mount);
  if (mount.kind == MountKind::empty_dir) {
    if (value.at("medium").text_or_empty() == "Memory") mount.kind = MountKind::tmpfs;
    if (const auto size = value.at("sizeLimit").text()) mount.options.push_back({"size", *size});
  }
  for (const std::string_view key : {"defaultMode", "server"}) {
    if (const Place option = value.find(key)) mount.options.push_back({std::string(key), option.text_or_empty()});
  }
  if (const Place read_only = value.find("readOnly")) mount.read_only = read_only.boolean();
}

// A volume without a type is an emptyDir: the API server says so.
Stated<Mount> read_volume(const Place& volume) {
  Mount mount{.kind = MountKind::empty_dir, .type = "emptyDir", .name = volume.at("name").text_or_empty()};
  Origin origin = volume.origin();
  for (const auto& [key, value] : volume.entries()) {
    if (key == "name" || value.node() == nullptr) continue;
    mount.type = key;
    origin = value.key_origin();
    const VolumeType* type = type_of(key);
    mount.kind = type == nullptr ? MountKind::other : type->kind;
    if (type != nullptr) read_details(*type, value, mount);
    if (mount.kind == MountKind::bind && value.find("path")) origin = value.find("path").origin();
    break;
  }
  const bool known = mount.source.find("${") == std::string::npos && mount.source.find("{{") == std::string::npos;
  return {std::move(mount), std::move(origin), known};
}

std::string propagation_of(std::string_view word) {
  if (word == "Bidirectional") return "rshared";
  if (word == "HostToContainer") return "rslave";
  return word == "None" ? "rprivate" : std::string(word);
}

std::size_t weight(const Mount& mount) {
  std::size_t bytes = sizeof(Stated<Mount>) + mount.source.size() + mount.name.size();
  for (const KeyValue& option : mount.options) bytes += sizeof(KeyValue) + option.key.size() + option.value.size();
  return bytes;
}

void read_mount(const Place& item, const VolumesByName& volumes, Workload& workload) {
  const std::string name = item.at("name").text_or_empty();
  Mount mount{.kind = MountKind::other, .name = name};
  if (const auto volume = volumes.find(name); volume != volumes.end()) {
    if (!item.manifest().spend(weight(volume->second))) return;
    mount = volume->second;
  }
  const Place target = item.at("mountPath");
  mount.target = target.text_or_empty();
  if (const Place read_only = item.at("readOnly")) {
    // A volume that is read-only itself stays so.
    const auto value = read_only.boolean();
    if (value && !mount.read_only.value_or(false)) mount.read_only = value;
  }
  mount.propagation = propagation_of(item.at("mountPropagation").text_or_empty());
  mount.sub_path = item.at("subPath").text_or_empty();
  if (mount.sub_path.empty()) mount.sub_path = item.at("subPathExpr").text_or_empty();
  workload.mounts.add(std::move(mount), target ? target.origin() : item.origin());
}

}  // namespace

VolumesByName read_volumes(const Place& volumes, List<Mount>& into) {
  VolumesByName result;
  for (const Place& item : volumes.items()) {
    if (item.entries().empty()) continue;
    Stated<Mount> volume = read_volume(item);
    result.emplace(volume.value.name, volume.value);
    into.add(std::move(volume.value), std::move(volume.origin), volume.known);
  }
  return result;
}

void read_mounts(const Place& container, const VolumesByName& volumes, Workload& workload) {
  for (const Place& item : container.at("volumeMounts").items()) read_mount(item, volumes, workload);
  for (const Place& item : container.at("volumeDevices").items()) {
    const std::string name = item.at("name").text_or_empty();
    const auto volume = volumes.find(name);
    workload.devices.add({.host = volume == volumes.end() ? name : volume->second.source,
                          .container = item.at("devicePath").text_or_empty()},
                         item.origin());
  }
}

}  // namespace oakum::kubernetes
