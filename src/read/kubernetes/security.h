// securityContext of pods and containers, and the annotations that came before its fields.
#pragma once

#include <string_view>

#include "model/workload.h"
#include "read/kubernetes/place.h"

namespace oakum::kubernetes {

// Statements of the pod go first, then those of the container, which therefore win.
void read_pod_security(const Place& context, Workload& workload);
// container.apparmor.security.beta.kubernetes.io/NAME: the API server copies it into the container's field unless that
// is set, so it goes between the pod's and the container's statement. Annotations for seccomp are not read: since 1.27
// they do nothing, and a rule tells of them.
void read_apparmor_annotation(std::string_view container, Workload& workload);
void read_container_security(const Place& context, Workload& workload);

}  // namespace oakum::kubernetes
