// What the rules about the host's network, process, IPC and UTS namespaces share.
#pragma once

#include <string>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

struct HostNamespace {
  Field<std::string> Workload::* mode;
  bool in_kernel = false;    // the kernel says that it is the host's
  std::string_view message;  // "shares the network of the host"
};

// One finding per pod or container that asks for the host's namespace, joins one that does, or has it. On Kubernetes
// the baseline standard forbids it.
void find_host_namespace(const Workload& workload, Judge& judge, const HostNamespace& name_space);

}  // namespace oakum::rules
