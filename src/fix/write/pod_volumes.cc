// Volumes are declared by the pod and mounted by its containers.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fix/kit/yaml_path.h"
#include "fix/write/pod_writer.h"

namespace oakum::fix {

namespace {

using Done = YamlEditor::Done;

constexpr const char* kContainerLists[] = {"containers", "initContainers", "ephemeralContainers"};

// A DNS label: "/var/cache/nginx" is "var-cache-nginx".
std::string label_of(std::string_view path) {
  constexpr std::size_t kLongest = 50;  // of 63: a number may follow
  std::string name;
  for (const char c : to_lower(path)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) name += c;
    if (!plain && !name.empty() && !name.ends_with('-')) name += '-';
  }
  if (name.size() > kLongest) name.resize(kLongest);
  while (name.ends_with('-')) name.pop_back();
  return name.empty() ? "data" : name;
}

std::string text_of(const yaml::Node& item, std::string_view key) {
  const yaml::Node* value = item.find(key);
  return value == nullptr ? std::string() : std::string(value->text());
}

std::size_t size_of(const yaml::Node* list) { return list == nullptr ? 0 : list->items.size(); }

}  // namespace

Done PodWriter::mount(const Change& change) {
  if (change.act == Change::Act::add) return add_directory(std::get<Mount>(change.value));
  const YamlPath item = item_of(place_of(change));
  if (item.empty()) return refuse("it is not stated in this document");
  const bool of_container = item.size() > 1 && item[item.size() - 2].key == "volumeMounts";
  if (!of_container) return alter_volume(change, item);
  return change.act == Change::Act::remove ? unmount(item) : alter_mount(item, std::get<Mount>(change.value));
}

Done PodWriter::alter_mount(const YamlPath& item, const Mount& wanted) {
  if (wanted.read_only.value_or(false)) {
    if (Done done = yaml().set(with(item, {"readOnly"}), YamlValue::boolean(true)); !done) return done;
  }
  const YamlPath propagation = with(item, {"mountPropagation"});
  if (find(propagation) == nullptr) return {};
  if (wanted.propagation == "rslave") return yaml().set(propagation, "HostToContainer");
  const bool none = wanted.propagation.empty() || wanted.propagation == "rprivate";
  return none ? yaml().remove(propagation, item.size()) : Done();
}

// The pod's volume: all mounts of it are meant, and without them it goes itself.
Done PodWriter::alter_volume(const Change& change, const YamlPath& item) {
  const std::string name = text_at(with(item, {"name"}));
  if (name.empty()) return refuse("the volume has no name");
  const bool removed = change.act == Change::Act::remove;
  for (const YamlPath& mount : mounts_of(name)) {
    Done done = removed ? yaml().remove(mount, mount.size() - 2) : alter_mount(mount, std::get<Mount>(change.value));
    if (!done) return done;
  }
  return removed ? remove(item) : Done();
}

// The last of each list first, so that taking one away does not move the others.
std::vector<YamlPath> PodWriter::mounts_of(const std::string& volume) const {
  std::vector<YamlPath> mounts;
  for (const char* kind : kContainerLists) {
    const yaml::Node* containers = find(in_pod({kind}));
    for (std::size_t i = 0; i < size_of(containers); ++i) {
      const yaml::Node* mounted = containers->items[i].find("volumeMounts");
      for (std::size_t j = size_of(mounted); j > 0; --j) {
        if (text_of(mounted->items[j - 1], "name") == volume)
          mounts.push_back(in_pod({kind, YamlStep(i), "volumeMounts", YamlStep(j - 1)}));
      }
    }
  }
  return mounts;
}

// The pod's volume goes with its last mount.
Done PodWriter::unmount(const YamlPath& item) {
  const std::string volume = text_at(with(item, {"name"}));
  if (Done done = remove(item); !done) return done;
  if (!mounts_of(volume).empty()) return {};
  const yaml::Node* volumes = find(in_pod({"volumes"}));
  for (std::size_t i = 0; i < size_of(volumes); ++i) {
    if (text_of(volumes->items[i], "name") == volume) return remove(in_pod({"volumes", YamlStep(i)}));
  }
  return {};
}

// An emptyDir for what is written; nothing where something is mounted already. In a pod of several containers each has
// its own, as it had before.
Done PodWriter::add_directory(const Mount& wanted) {
  const yaml::Node* mounted = find(in_container({"volumeMounts"}));
  for (std::size_t i = 0; i < size_of(mounted); ++i) {
    if (text_of(mounted->items[i], "mountPath") == wanted.target) return {};
  }
  std::size_t containers = 0;
  for (const char* kind : kContainerLists) containers += size_of(find(in_pod({kind})));
  const std::string name = free_name(label_of((containers > 1 ? workload_.name : "") + wanted.target));
  Done done = yaml().append(in_pod({"volumes"}), YamlValue::map({{"name", name}, {"emptyDir", YamlValue::map({})}}));
  if (!done) return done;
  return yaml().append(in_container({"volumeMounts"}), YamlValue::map({{"name", name}, {"mountPath", wanted.target}}));
}

std::string PodWriter::free_name(const std::string& wanted) const {
  const yaml::Node* volumes = find(in_pod({"volumes"}));
  const auto taken = [&](const std::string& name) {
    return volumes != nullptr &&
           std::ranges::any_of(volumes->items, [&](const yaml::Node& one) { return text_of(one, "name") == name; });
  };
  std::string name = wanted;
  for (int i = 2; taken(name); ++i) name = wanted + "-" + std::to_string(i);
  return name;
}

}  // namespace oakum::fix
