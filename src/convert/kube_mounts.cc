// Mounts of a container, and the volumes of its pod and claims that they need.
#include <algorithm>

#include "base/text.h"
#include "convert/kube_writer.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

YamlValue reference(std::string key, Members members) {
  return YamlValue::map({{std::move(key), YamlValue::map(std::move(members))}});
}

std::string propagation(std::string_view word) {
  if (word == "rshared" || word == "shared") return "Bidirectional";
  return word == "rslave" || word == "slave" ? "HostToContainer" : "";
}

// The directory of a Compose file, as it was named: "shop/"; "" for the working directory.
std::string project_directory(const Item& item) {
  if (item.project == nullptr || item.project->sources.empty()) return {};
  const Source* first = item.subjects->source(item.project->sources.front());
  if (first == nullptr || first->name.starts_with('<')) return {};
  const auto slash = first->name.rfind('/');
  return slash == std::string::npos ? std::string() : first->name.substr(0, slash + 1);
}

// Docker knows the directory that a relative path begins at; a node does not.
std::string host_path(const KubePod& pod, const Item& item, const Stated<Mount>& stated, std::string path) {
  if (path.starts_with('/') || path.starts_with('$')) return path;
  if (path == "~" || path.starts_with("~/")) {
    pod.notes.assume(item, stated.origin, "path " + printable(stated.value.source, 120),
                     "~ is whose home it is: /root is taken");
    return "/root" + path.substr(1);
  }
  if (path.starts_with("./")) path.erase(0, 2);
  if (path == ".") path.clear();
  const std::string project = project_directory(item);
  std::string whole = project.starts_with('/') ? project : pod.options.directory + "/" + project;
  whole += path;
  while (whole.size() > 1 && whole.ends_with('/')) whole.pop_back();
  if (!whole.starts_with('/')) whole.insert(0, "/");
  pod.notes.assume(item, stated.origin, "path " + printable(stated.value.source, 120),
                   item.project == nullptr
                       ? "a path of a node is absolute; this one begins at the directory oakum ran in"
                       : "a path of a node is absolute; this one begins at the Compose file's directory");
  return whole;
}

void claim(KubePod& pod, const Item& item, const Stated<Mount>& stated, const std::string& name) {
  const bool external =
      item.project != nullptr && std::ranges::any_of(item.project->volumes, [&](const ComposeVolume& volume) {
        return volume.name == stated.value.source && volume.external.is(true);
      });
  if (external || pod.objects.made.contains("PersistentVolumeClaim/" + name)) return;
  YamlValue size = YamlValue::map({{"requests", YamlValue::map({{"storage", YamlValue("1Gi")}})}});
  pod.objects.add("PersistentVolumeClaim", "v1", name,
                  {{"spec", YamlValue::map({{"accessModes", YamlValue::list({YamlValue("ReadWriteOnce")})},
                                            {"resources", std::move(size)}})}});
  pod.notes.assume(item, stated.origin, "PersistentVolumeClaim " + name,
                   "asks for 1Gi and one node at a time (ReadWriteOnce): a volume of Docker has no size");
}

std::string named_volume(KubePod& pod, const Item& item, const Stated<Mount>& stated) {
  const Mount& mount = stated.value;
  if (!mount.bind_in_disguise.empty()) {
    const std::string path = host_path(pod, item, stated, mount.bind_in_disguise);
    return pod.volume(dns_label(mount.source), reference("hostPath", {{"path", YamlValue(path)}}), true);
  }
  const std::string name = dns_label(mount.source);
  claim(pod, item, stated, name);
  for (const KeyValue& option : mount.options) {
    pod.notes.cannot(item, stated.origin,
                     "option " + printable(option.key, 80) + " of volume " + printable(mount.source, 80),
                     "is said to a storage class of the cluster");
  }
  return pod.volume(name, reference("persistentVolumeClaim", {{"claimName", YamlValue(name)}}), true);
}

std::string memory(KubePod& pod, const Item& item, const Stated<Mount>& stated) {
  Members members{{"medium", YamlValue("Memory")}};
  for (const KeyValue& option : stated.value.options) {
    const auto bytes = option.key == "size" ? size_of(option.value) : std::nullopt;
    if (bytes) {
      members.emplace_back("sizeLimit", YamlValue(quantity_text(*bytes)));
    } else if (option.key != "rw") {
      pod.notes.cannot(
          item, stated.origin,
          "option " + printable(option_text(option), 80) + " of tmpfs " + printable(stated.value.target, 120),
          "an emptyDir has a size only");
    }
  }
  return pod.volume(dns_label("tmp-" + stated.value.target), reference("emptyDir", std::move(members)), false);
}

std::string path_volume(KubePod& pod, const Item& item, const Stated<Mount>& stated) {
  const Mount& mount = stated.value;
  const std::string path =
      host_path(pod, item, stated, kube_text(item, mount.source, stated.known, stated.origin, pod.notes));
  Members members{{"path", YamlValue(path)}};
  if (!mount.host_path_type.empty()) members.emplace_back("type", YamlValue(mount.host_path_type));
  return pod.volume(dns_label("host" + path), reference("hostPath", std::move(members)), true);
}

// The pod's volume for it; "" and a note when there is none.
std::string volume_of(KubePod& pod, const Item& item, const Stated<Mount>& stated) {
  const Mount& mount = stated.value;
  switch (mount.kind) {
    case MountKind::bind:
      return path_volume(pod, item, stated);
    case MountKind::volume:
      if (mount.source.starts_with('$')) return path_volume(pod, item, stated);  // ${PWD}, ${DATA_DIR}
      if (!mount.source.empty()) return named_volume(pod, item, stated);
      return pod.volume(dns_label("data-" + mount.target), reference("emptyDir", {}), false);
    case MountKind::empty_dir:
      return pod.volume(dns_label("data-" + mount.target), reference("emptyDir", {}), false);
    case MountKind::tmpfs:
      return memory(pod, item, stated);
    case MountKind::image:
      return pod.volume(dns_label("image-" + mount.source),
                        reference("image", {{"reference", YamlValue(mount.source)}}), true);
    case MountKind::ephemeral:
    case MountKind::secret:
    case MountKind::config:
    case MountKind::projected:
    case MountKind::npipe:
    case MountKind::cluster:
    case MountKind::other:
      break;
  }
  pod.notes.cannot(item, stated.origin, "mount " + printable(mount.type, 40) + " at " + printable(mount.target, 200),
                   "has no counterpart in Kubernetes");
  return {};
}

YamlValue mount_of(KubePod& pod, const Item& item, const Stated<Mount>& stated, const std::string& volume) {
  const Mount& mount = stated.value;
  Members members{{"name", YamlValue(volume)},
                  {"mountPath", YamlValue(kube_text(item, mount.target, stated.known, stated.origin, pod.notes))}};
  if (!mount.sub_path.empty()) members.emplace_back("subPath", YamlValue(mount.sub_path));
  if (mount.read_only.value_or(false)) members.emplace_back("readOnly", YamlValue::boolean(true));
  if (const std::string word = propagation(mount.propagation); !word.empty())
    members.emplace_back("mountPropagation", YamlValue(word));
  if (!mount.selinux.empty())
    pod.notes.cannot(item, stated.origin,
                     "option " + mount.selinux + " of the mount at " + printable(mount.target, 120),
                     "the kubelet labels volumes itself");
  return YamlValue::map(std::move(members));
}

const ComposeSecret* declared(const std::vector<ComposeSecret>* all, const std::string& name) {
  if (all == nullptr) return nullptr;
  const auto found = std::ranges::find(*all, name, &ComposeSecret::name);
  return found == all->end() ? nullptr : &*found;
}

// Only what stands in the input is copied; a file's content is not.
void make_object(KubePod& pod, const Item& item, const Stated<SecretMount>& stated, const std::string& kind,
                 const ComposeSecret* declaration, const std::string& name) {
  if (declaration != nullptr && declaration->content.known()) {
    Members data{{stated.value.name, YamlValue(*declaration->content)}};
    pod.objects.add(kind, "v1", name, {{kind == "Secret" ? "stringData" : "data", YamlValue::map(std::move(data))}});
    return;
  }
  std::string how =
      "--from-file=" + shell_quoted(stated.value.name + "=" + (stated.value.file.empty() ? "FILE" : stated.value.file));
  if (!stated.value.environment.empty())
    how = "--from-literal=" + shell_quoted(stated.value.name + "=") + "\"$" + stated.value.environment + "\"";
  pod.notes.assume(item, stated.origin, kind + " " + name,
                   "is there already; make it with: kubectl create " +
                       std::string(kind == "Secret" ? "secret generic " : "configmap ") + name + " " +
                       printable(how, 300));
}

void secrets(KubePod& pod, const Item& item, const List<SecretMount>& list, bool secret,
             std::vector<YamlValue>& mounts) {
  for (const Stated<SecretMount>& stated : list) {
    const std::string& key = stated.value.name;
    const std::string kind = secret ? "Secret" : "ConfigMap";
    const std::string name = dns_label(key);
    const auto* all = item.project == nullptr ? nullptr : secret ? &item.project->secrets : &item.project->configs;
    make_object(pod, item, stated, kind, declared(all, key), name);
    Members source{{secret ? "secretName" : "name", YamlValue(name)}};
    if (!stated.value.mode.empty()) source.emplace_back("defaultMode", YamlValue::plain(stated.value.mode));
    const std::string volume = pod.volume(name, reference(secret ? "secret" : "configMap", std::move(source)), true);
    std::string target = stated.value.target.empty() ? key : stated.value.target;
    if (!target.starts_with('/')) target.insert(0, secret ? "/run/secrets/" : "/");
    mounts.push_back(YamlValue::map({{"name", YamlValue(volume)},
                                     {"mountPath", YamlValue(target)},
                                     {"subPath", YamlValue(key)},
                                     {"readOnly", YamlValue::boolean(true)}}));
    if (!stated.value.uid.empty() || !stated.value.gid.empty())
      pod.notes.cannot(item, stated.origin, "owner of " + printable(key, 120), "files of a Secret belong to root");
  }
}

}  // namespace

YamlValue kube_mounts(KubePod& pod, const Item& item) {
  const Workload& workload = *item.workload;
  std::vector<YamlValue> mounts;
  for (const Stated<Mount>& stated : workload.mounts) {
    const std::string volume = volume_of(pod, item, stated);
    if (!volume.empty()) mounts.push_back(mount_of(pod, item, stated, volume));
  }
  if (workload.shm_size.known() && *workload.shm_size > 0) {
    Members members{{"medium", YamlValue("Memory")}, {"sizeLimit", YamlValue(quantity_text(*workload.shm_size))}};
    const std::string volume = pod.volume("shm", reference("emptyDir", std::move(members)), false);
    mounts.push_back(YamlValue::map({{"name", YamlValue(volume)}, {"mountPath", YamlValue("/dev/shm")}}));
  }
  secrets(pod, item, workload.secrets, true, mounts);
  secrets(pod, item, workload.configs, false, mounts);
  return YamlValue::list(std::move(mounts));
}

}  // namespace oakum::convert
