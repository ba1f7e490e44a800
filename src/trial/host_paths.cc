#include "trial/host_paths.h"

#include <array>

namespace oakum::trial {

namespace {

constexpr std::array<std::string_view, 6> kSockets{"docker.sock",           "podman.sock", "containerd.sock",
                                                   "containerd.sock.ttrpc", "crio.sock",   "buildkitd.sock"};
constexpr std::array<std::string_view, 8> kSocketFolders{"/run",        "/run/containerd", "/run/crio", "/run/docker",
                                                         "/run/podman", "/run/user",       "/var",      "/var/run"};
// Themselves, and what is below them.
constexpr std::array<std::string_view, 17> kSystem{"/boot",
                                                   "/dev",
                                                   "/etc",
                                                   "/lib",
                                                   "/lib64",
                                                   "/proc",
                                                   "/root",
                                                   "/run",
                                                   "/sbin",
                                                   "/sys",
                                                   "/usr/bin",
                                                   "/var/cache",
                                                   "/var/lib/docker",
                                                   "/var/lib/containerd",
                                                   "/var/lib/kubelet",
                                                   "/var/log",
                                                   "/var/run"};
// Themselves: below them people keep their own.
constexpr std::array<std::string_view, 8> kTops{"/", "/bin", "/home", "/opt", "/srv", "/usr", "/var", "/var/lib"};

bool is_at_or_below(std::string_view path, std::string_view top) {
  return path.starts_with(top) && (path.size() == top.size() || path[top.size()] == '/');
}

}  // namespace

bool is_engine_socket(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const std::string_view socket : kSockets) {
    if (name == socket) return true;
  }
  return false;
}

bool holds_engine_socket(std::string_view path, std::string_view socket) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  for (const std::string_view top : kSocketFolders) {
    if (path == top) return true;
  }
  return path == "/" || (!socket.empty() && is_at_or_below(socket, path));
}

bool is_system_path(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  for (const std::string_view top : kTops) {
    if (path == top) return true;
  }
  for (const std::string_view top : kSystem) {
    if (is_at_or_below(path, top)) return true;
  }
  return false;
}

}  // namespace oakum::trial
