#include <algorithm>
#include <string>
#include <string_view>

#include "fix/kit/image_needs.h"
#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr std::string_view kDirectory = "/run/secrets/";

std::string text_of(const yaml::Node* node, std::string_view key) {
  const yaml::Node* value = node == nullptr ? nullptr : node->find(key);
  return value == nullptr ? std::string() : std::string(value->text());
}

// The pod's volume of that whole secret; "" none.
std::string volume_of(const yaml::Node* volumes, std::string_view secret) {
  for (std::size_t i = 0; volumes != nullptr && i < volumes->items.size(); ++i) {
    const yaml::Node* source = volumes->items[i].find("secret");
    if (text_of(source, "secretName") == secret && source->find("items") == nullptr)
      return text_of(&volumes->items[i], "name");
  }
  return {};
}

bool is_taken(const yaml::Node* volumes, std::string_view name) {
  return volumes != nullptr && std::ranges::any_of(volumes->items, [&](const yaml::Node& volume) {
           return text_of(&volume, "name") == name;
         });
}

// Where the container sees the volume as a whole; "" nowhere.
std::string mounted_at(const yaml::Node* mounts, std::string_view volume) {
  for (std::size_t i = 0; mounts != nullptr && i < mounts->items.size(); ++i) {
    const yaml::Node& mount = mounts->items[i];
    if (text_of(&mount, "name") == volume && mount.find("subPath") == nullptr) return text_of(&mount, "mountPath");
  }
  return {};
}

struct Container {
  YamlPath path, pod;
};

// The secret's files in the container; the directory they are in.
std::expected<std::string, Refusal> show(YamlEditor& yaml, const Container& container, const std::string& secret) {
  const YamlPath volumes = with(container.pod, {"volumes"});
  const YamlPath mounts = with(container.path, {"volumeMounts"});
  std::string name = volume_of(yaml.find(volumes), secret);
  if (name.empty()) {
    name = secret;
    std::ranges::replace(name, '.', '-');
    if (name.size() > 63 || is_taken(yaml.find(volumes), name)) return refuse("another volume is called as the secret");
    const YamlValue volume = YamlValue::map({{"name", name}, {"secret", YamlValue::map({{"secretName", secret}})}});
    if (auto done = yaml.append(volumes, volume); !done) return std::unexpected(std::move(done.error()));
  }
  std::string directory = mounted_at(yaml.find(mounts), name);
  if (!directory.empty()) return directory;
  directory = std::string(kDirectory) + secret;
  const YamlValue mount =
      YamlValue::map({{"name", name}, {"mountPath", directory}, {"readOnly", YamlValue::boolean(true)}});
  if (auto done = yaml.append(mounts, mount); !done) return std::unexpected(std::move(done.error()));
  return directory;
}

bool states(const Workload& workload, std::string_view variable) {
  return std::ranges::any_of(workload.environment, [&](const auto& item) { return item.value.name == variable; });
}

// Programs of known images read some of their variables from files; others have to be taught.
std::string twin_of(const Workload& workload, const std::string& variable) {
  const ImageNeeds* needs = workload.image.known() ? needs_of_image(*workload.image) : nullptr;
  return needs != nullptr && needs->reads_from_file(variable) ? variable + std::string(needs->file_suffix) : "";
}

Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const Workload* workload = workload_of(finding, context.subjects);
  const auto container = workload == nullptr ? std::nullopt : parse_path(workload->origin.node);
  const auto pod = container && workload->pod ? parse_path(workload->pod->pod_spec.node) : std::nullopt;
  if (!pod || object->place.size() < 2) return refuse("its place in the document is not known");
  YamlEditor& yaml = object->yaml();
  const YamlPath item = without_last(object->place);
  const std::string variable = text_of(yaml.find(item), "name");
  const yaml::Node* reference = yaml.find(with(item, {"valueFrom", "secretKeyRef"}));
  const std::string secret = text_of(reference, "name");
  const std::string key = text_of(reference, "key");
  const std::string twin = secret.empty() || key.empty() ? std::string() : twin_of(*workload, variable);
  if (twin.empty())
    return refuse(
        "it is not known that this program reads the value from a file: mount the secret as a volume, and let "
        "it read that");
  if (states(*workload, twin)) return refuse("both " + variable + " and " + twin + " are set");
  const auto directory = show(yaml, {*container, *pod}, secret);
  if (!directory) return std::unexpected(directory.error());
  YamlEditor::Done done = yaml.set(with(item, {"name"}), twin);
  if (done) done = yaml.set(with(item, {"value"}), *directory + "/" + key);
  if (done) done = yaml.remove(with(item, {"valueFrom"}), item.size() + 1);
  return finished(*object, done);
}

}  // namespace

extern constinit const Remedy secret_as_env{"secret-as-env", plan};

}  // namespace oakum::fix::kubernetes
