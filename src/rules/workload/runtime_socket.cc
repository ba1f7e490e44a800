#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"
#include "rules/workload/host_mounts.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kSockets[] = {
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/crio/crio.sock",
    "/run/podman/podman.sock",
    "/run/cri-dockerd.sock",
    "/run/buildkit/buildkitd.sock",
    "/run/k3s/containerd/containerd.sock",
    "/run/dockershim.sock",
    "/run/containerd/debug.sock",
    "/run/containerd/s",
};
std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// "" when the path shows no socket of an engine; else the socket.
std::string_view socket_at(std::string_view path) {
  if (is_engine_socket(path)) return last_part(path);
  for (const std::string_view socket : kSockets) {
    if (is_within(socket, path)) return socket;
  }
  return is_within("/run/user", path) ? "/run/user/UID/docker.sock" : "";
}

// \\.\pipe\docker_engine, with either slash.
bool is_engine_pipe(const Mount& mount) {
  const bool pipe =
      mount.kind == MountKind::npipe || mount.source.find("pipe") != std::string::npos;  // -v //./pipe/x:…
  return pipe && (mount.source.ends_with("docker_engine") || mount.source.ends_with("containerd-containerd"));
}

// "${XDG_RUNTIME_DIR}/podman/podman.sock", "%t/docker.sock", "$SOCKET:/var/run/docker.sock": where it is depends on who
// starts it, what it is does not.
bool is_socket_somewhere(const Mount& mount) {
  if (mount.source.find_first_of("$%") == std::string::npos) return false;
  const auto named = [](std::string_view path) {
    return path.find('/') != std::string_view::npos && is_engine_socket(path);
  };
  return named(mount.source) || named(mount.target);
}

// A proxy must hold the socket: that is what it is for, and its own rules decide then.
bool is_proxy(const Workload& workload) {
  return workload.image.known() && workload.image->repository.find("socket-proxy") != std::string::npos;
}

// A pod's volume that is the socket itself is not told by host-path as well.
void add_host_path(Finding& finding, bool writable) {
  for (const std::string_view alias : {"C-0048", "KSV-0023", "gatekeeper:K8sPSPHostFilesystem", "polaris:hostPathSet",
                                       "pss-baseline:hostPathVolumes", "pss-restricted:restrictedVolumes"})
    add_alias(finding, alias);
  if (!writable) return;
  add_alias(finding, "C-0045");
  add_alias(finding, "kube-linter:writable-host-mount");
}

Finding& tell(const Workload& workload, const Origin& where, std::string message, Judge& judge) {
  Finding& finding = judge.found(where, pod_subject(workload), std::move(message));
  if (is_kubernetes(workload)) {
    only_aliases(finding,
                 {"C-0074", "CIS-5.32", "CKV_K8S_27", "KSV-0006", "kube-linter:docker-sock", "kubesec:DockerSock"});
  } else {
    only_aliases(finding, {"CIS-5.32", "CL-0001", "KICS-d6355c88"});
  }
  for_surface(finding, workload);
  if (is_proxy(workload)) finding.severity = Severity::low;
  return finding;
}

void check(const Workload& workload, Judge& judge) {
  for (const HostMount& mount : host_mounts(workload, judge)) {
    const std::string_view socket = socket_at(mount.path);
    if (socket.empty()) continue;
    const bool above = last_part(mount.path) != last_part(socket);
    std::string message =
        above ? join({"mounts ", quoted(mount.shown), " of the host, which holds the engine's socket ", quoted(socket)})
              : join({"mounts the engine's socket ", quoted(mount.shown)});
    if (!mount.writable) message += "; read-only does not protect it";
    Finding& finding = tell(workload, *mount.origin, std::move(message), judge);
    if (is_kubernetes(workload) && is_engine_socket(mount.path)) add_host_path(finding, mount.writable);
  }
  for (const Stated<Mount>& mount : workload.mounts) {
    if (!is_kubernetes(workload) && host_path_of(mount).empty() && is_socket_somewhere(mount.value))
      tell(workload, mount.origin, join({"mounts the engine's socket ", quoted(mount.value.source)}), judge);
    if (mount.known && is_engine_pipe(mount.value))
      tell(workload, mount.origin, join({"mounts the engine's pipe ", quoted(mount.value.source)}), judge);
  }
}

void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Argument& volume : instruction.arguments) {
    const std::string path = clean_path(volume.value);
    if (!volume.known || !is_engine_socket(path)) continue;
    Finding& finding =
        judge.found(dockerfile, instruction, volume.span, join({"expects the engine's socket at ", quoted(path)}));
    finding.severity = Severity::medium;
    only_aliases(finding, {"CIS-5.32"});
  }
}

}  // namespace

extern constinit const Rule runtime_socket{
    .info = checked({
        .id = "runtime-socket",
        .title = "the container can command the container engine",
        .severity = Severity::critical,
        .practice = Practice::daemon_socket,
        .surfaces = "DCKRL",
        .aliases = "C-0045 C-0048 C-0074 CIS-5.32 CKV_K8S_27 CL-0001 KICS-d6355c88 KSV-0006 KSV-0023 "
                   "gatekeeper:K8sPSPHostFilesystem kube-linter:docker-sock kube-linter:writable-host-mount "
                   "kubesec:DockerSock polaris:hostPathSet pss-baseline:hostPathVolumes "
                   "pss-restricted:restrictedVolumes",
        .fix = FixSafety::unsafe,
        .fix_summary = "give it a socket proxy that allows only the requests it makes",
        .why = "Whoever can write to the engine's socket starts a privileged container with the host's disk "
               "mounted: it is root on the host. Mounting it read-only changes nothing, because connecting to a "
               "socket is not writing to a file; mounting a directory above it is the same.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    volumes:\n"
                "      - /var/run/docker.sock:/var/run/docker.sock:ro\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    volumes:\n"
                 "      - ./site:/usr/share/nginx/html:ro\n"},
        .references = "https://docs.docker.com/engine/security/protect-access/ "
                      "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
    }),
    .checks = {.workload = check, .instruction = check_instruction, .instructions = {InstructionKind::volume}},
};

}  // namespace oakum::rules
