// Health checks of Docker and probes of Kubernetes.
#pragma once

#include "convert/item.h"
#include "fix/kit/yaml_edit_value.h"

namespace oakum::convert {

// The command of the first probe that has one, as a health check; the others are noted.
Field<HealthCheck> healthcheck_of_probes(const Item& item, Notes& notes);

}  // namespace oakum::convert
