#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

// Places that programs only read, so that they matter no more once they are read-only.
constexpr std::string_view kOnlyRead[] = {
    "/etc/localtime",       "/etc/timezone",     "/etc/resolv.conf", "/etc/hosts",
    "/etc/hostname",        "/etc/machine-id",   "/etc/os-release",  "/etc/ssl/certs",
    "/etc/ca-certificates", "/etc/pki/ca-trust", "/usr/share",       "/usr/src",
};
// Places of the host's own, where no program keeps its data. Exactly these, and what is below them unless said.
constexpr std::string_view kHostsOwn[] = {
    "/bin",
    "/boot",
    "/dev",
    "/lib",
    "/lib64",
    "/lib/modules",
    "/proc",
    "/sbin",
    "/sys",
    "/usr",
    "/var/lib/docker",
    "/var/lib/containerd",
    "/var/lib/containers",
    "/var/lib/kubelet",
    "/var/lib/etcd",
    "/var/log",
    "/etc/kubernetes",
    "/etc/shadow",
    "/etc/passwd",
    "/etc/group",
    "/etc/ssh",
    "/etc/cron.d",
    "/etc/systemd",
    "/run/systemd",
};
constexpr std::string_view kWholes[] = {"/", "/etc", "/run", "/var", "/var/lib", "/var/run", "/home", "/root"};

std::string_view without_slash(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

template <std::size_t N>
bool is_within(std::string_view path, const std::string_view (&places)[N]) {
  return std::ranges::any_of(places, [&](std::string_view place) {
    return path == place || (path.starts_with(place) && path.substr(place.size()).starts_with('/'));
  });
}

template <class Mounts>
const Stated<Mount>* mount_at(const Mounts& mounts, const Origin& place) {
  for (const Stated<Mount>& mount : mounts) {
    if (mount.origin == place) return &mount;
  }
  return nullptr;
}

// Why it is left, as far as what its container is and says tells.
std::optional<Refusal> is_wanted(const Workload& workload, std::string_view target, const Subjects& subjects) {
  if (auto host = is_for_its_host(workload, subjects)) return host;
  const std::string_view place = without_slash(target);
  if (place.size() < 2 || !speaks_of(workload, place)) return std::nullopt;
  return Refusal{"its command or a variable names " + quoted(place) +
                 ", where it is mounted: mount only what it needs of it"};
}

// A volume of a pod is of all its containers that mount it.
std::optional<Refusal> is_wanted_in_pod(const Workload& workload, std::string_view volume, const Subjects& subjects) {
  for (const Workload& other : subjects.workloads) {
    if (!other.pod || other.pod->pod_spec != workload.pod->pod_spec) continue;
    for (const Stated<Mount>& mount : other.mounts) {
      if (mount.value.name != volume) continue;
      if (auto reason = is_wanted(other, mount.value.target, subjects)) return reason;
    }
  }
  return std::nullopt;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const bool pod = is_kubernetes(**workload) && (*workload)->pod.has_value();
  const Stated<Mount>* mount =
      pod ? mount_at((*workload)->pod->volumes, finding.origin) : mount_at((*workload)->mounts, finding.origin);
  if (mount == nullptr) return refuse("the mount is not among those that were read");
  if (!mount->value.bind_in_disguise.empty())
    return refuse("the volume is declared elsewhere in the file: give it no device of the host there");
  const std::string_view path = without_slash(mount->value.source);
  const bool writable = !mount->value.read_only.value_or(false);
  if (!pod && writable && is_within(path, kOnlyRead)) {
    Mount read_only = mount->value;
    read_only.read_only = true;
    return answer({set(Key::mounts, std::move(read_only), mount->origin)});
  }
  auto wanted = pod ? is_wanted_in_pod(**workload, mount->value.name, context.subjects)
                    : is_wanted(**workload, mount->value.target, context.subjects);
  if (wanted) return std::unexpected(std::move(*wanted));
  const bool whole = std::ranges::find(kWholes, path) != std::end(kWholes);
  if (whole || is_within(path, kHostsOwn))
    return answer({remove(Key::mounts, finding.origin)}, "it does not see " + quoted(path) + " of the host any more");
  return refuse(
      "it may keep its data there: mount only what it needs, read-only where it only reads, or move the data " +
      std::string(pod ? "to a persistentVolumeClaim" : "to a volume"));
}

}  // namespace

extern constinit const Remedy host_path{"host-path", plan};

}  // namespace oakum::fix::workload
