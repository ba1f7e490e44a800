// The places of the host that a workload is shown, on every surface: once per pod on Kubernetes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/kit/judge.h"

namespace oakum::rules {

struct HostMount {
  const Mount* mount = nullptr;
  const Origin* origin = nullptr;
  std::string path;   // on the host, cleaned; /var/run is /run
  std::string shown;  // as it is written: for messages
  bool writable = true;
  bool disguised = false;  // a volume whose driver options make it a bind
};

// Binds and binds in disguise whose path is known. On Kubernetes the pod's hostPath volumes, writable when any of its
// containers mounts them so; nothing for the other containers of a pod.
std::vector<HostMount> host_mounts(const Workload& workload, const Judge& judge);

// Is it, by its name, the socket of a container engine? Rootless engines keep theirs in places of their own, under the
// same names.
bool is_engine_socket(std::string_view path);

}  // namespace oakum::rules
