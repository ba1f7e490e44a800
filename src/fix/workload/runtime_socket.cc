#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "fix/workload/family.h"
#include "fix/workload/socket_proxy.h"

namespace oakum::fix::workload {

namespace {

const Stated<Mount>* mount_at(const Workload& workload, const Origin& place) {
  const auto is_there = [&](const Stated<Mount>& mount) { return mount.origin == place; };
  const auto& mounts = workload.mounts.items;
  if (const auto found = std::ranges::find_if(mounts, is_there); found != mounts.end()) return &*found;
  if (!workload.pod) return nullptr;
  const auto& volumes = workload.pod->volumes.items;
  const auto found = std::ranges::find_if(volumes, is_there);
  return found == volumes.end() ? nullptr : &*found;
}

bool is_proxy(const Workload& workload) {
  return workload.image && workload.image->repository.find("socket-proxy") != std::string::npos;
}

bool is_variable(const Source& source, const Span& place) {
  const std::string_view text = source.text;
  return place.end <= text.size() &&
         text.substr(place.begin, place.end - place.begin).find('$') != std::string_view::npos;
}

// Starts and changes containers itself: what reads only is of no use to it.
bool manages_containers(const Workload& workload) {
  constexpr std::string_view kNames[] = {"act_runner",          "autoheal",      "dockge",
                                         "drone-runner-docker", "gitlab-runner", "portainer-ce",
                                         "portainer-ee",        "watchtower",    "woodpecker-agent"};
  if (!workload.image.known()) return false;
  const std::string_view path = workload.image->repository;
  return std::ranges::find(kNames, path.substr(path.rfind('/') + 1)) != std::end(kNames);
}

std::string by_hand(const Workload& workload) {
  if (is_kubernetes(workload))
    return "give it the Kubernetes API with a service account of its own in place of the node's socket, or take the "
           "volume away";
  return "start a socket proxy (tecnativa/docker-socket-proxy) on a network of its own, and give this one DOCKER_HOST "
         "in "
         "place of the mount";
}

Planned plan(const Finding& finding, const Context& context) {
  const auto about = subject_of(finding, context);
  if (!about) return std::unexpected(about.error());
  const Workload& workload = **about;
  const Stated<Mount>* mount = mount_at(workload, finding.origin);
  if (mount == nullptr) return refuse("the mount is not among those that were read");
  if (is_proxy(workload)) return refuse("a proxy has to hold the socket: allow it as little as its clients need");
  if (!mount->value.bind_in_disguise.empty())
    return refuse("the volume is declared elsewhere in the file: give it no device of the host there");
  const std::string& path = mount->value.source;
  const Source* source = context.subjects.source(mount->origin.source);
  if (workload.surface == Surface::compose && source != nullptr && is_variable(*source, mount->origin.span))
    return refuse("which socket it is a variable says: mount that into a socket proxy, and give this one DOCKER_HOST");
  const bool socket = path.ends_with(".sock");
  // A whole directory that happens to hold the socket, or the second try: it has to do without.
  auto wanted = socket ? std::nullopt : is_for_its_host(workload, context.subjects);
  if (wanted) return std::unexpected(std::move(*wanted));
  if (!socket && path.find('$') == std::string::npos && path.starts_with('/'))
    return answer({remove(Key::mounts, finding.origin)}, "it does not see " + quoted(path) + " of the host any more");
  if (workload.surface == Surface::compose && passed_over(finding, context) > 0)
    return answer({remove(Key::mounts, finding.origin)}, "it does not reach the engine any more");
  if (workload.surface != Surface::compose || !path.ends_with("docker.sock")) return refuse(by_hand(workload));
  if (manages_containers(workload))
    return refuse(
        "it manages containers, for which a proxy would have to let it do everything: keep others from it, and say "
        "why in an ignore comment");
  return put_proxy_between(workload, mount->value, mount->origin, context);
}

}  // namespace

extern constinit const Remedy runtime_socket{"runtime-socket", plan};

}  // namespace oakum::fix::workload
