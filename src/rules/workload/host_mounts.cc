#include "rules/workload/host_mounts.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <span>

#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

std::string without_var(const std::string& path) { return is_within(path, "/var/run") ? path.substr(4) : path; }

// The containers of a pod follow each other.
std::span<const Workload> pod_of(const Workload& first, const Judge& judge) {
  const std::vector<Workload>& all = judge.subjects().workloads;
  const std::less<> before;
  if (all.empty() || before(&first, all.data()) || !before(&first, all.data() + all.size())) return {&first, 1};
  const std::size_t begin = static_cast<std::size_t>(&first - all.data());
  std::size_t end = begin + 1;
  while (end < all.size() && !first_of_pod(all[end], judge)) ++end;
  return std::span(all).subspan(begin, end - begin);
}

// The host paths that some container of the pod mounts, and those that one mounts to write.
struct Mounted {
  std::set<std::string> any, writable;
};

Mounted mounted_in(std::span<const Workload> pod) {
  Mounted result;
  for (const Workload& container : pod) {
    for (const Stated<Mount>& mount : container.mounts) {
      const std::string path = host_path_of(mount);
      if (path.empty()) continue;
      result.any.insert(path);
      if (is_writable(mount.value)) result.writable.insert(path);
    }
  }
  return result;
}

std::vector<HostMount> of_pod(const Workload& workload, const Judge& judge) {
  std::vector<HostMount> result;
  if (!workload.pod || !first_of_pod(workload, judge)) return result;
  const Mounted mounted = mounted_in(pod_of(workload, judge));
  for (const Stated<Mount>& volume : workload.pod->volumes) {
    const std::string path = host_path_of(volume);
    if (path.empty()) continue;
    const bool writable = mounted.writable.contains(path) || !mounted.any.contains(path);
    result.push_back({&volume.value, &volume.origin, without_var(path), volume.value.source, writable, false});
  }
  return result;
}

}  // namespace

bool is_engine_socket(std::string_view path) {
  constexpr std::string_view kNames[] = {"docker.sock",      "containerd.sock", "crio.sock",       "podman.sock",
                                         "cri-dockerd.sock", "buildkitd.sock",  "dockershim.sock", "docker-raw.sock"};
  return std::ranges::find(kNames, path.substr(path.rfind('/') + 1)) != std::end(kNames);
}

std::vector<HostMount> host_mounts(const Workload& workload, const Judge& judge) {
  if (is_kubernetes(workload)) return of_pod(workload, judge);
  std::vector<HostMount> result;
  for (const Stated<Mount>& mount : workload.mounts) {
    const std::string path = host_path_of(mount);
    if (path.empty()) continue;
    const bool disguised = mount.value.kind != MountKind::bind;
    const std::string& shown = disguised ? mount.value.bind_in_disguise : mount.value.source;
    result.push_back({&mount.value, &mount.origin, without_var(path), shown, is_writable(mount.value), disguised});
  }
  return result;
}

}  // namespace oakum::rules
