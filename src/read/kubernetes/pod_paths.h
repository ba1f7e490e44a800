// Where objects keep their pods.
#pragma once

#include <vector>

#include "read/kubernetes/place.h"

namespace oakum::kubernetes {

struct PodPlace {
  Place metadata;  // of the template
  Place spec;      // the pod spec
};

// For the built-in kinds the place their API names; for others every usual place of a pod template that holds a list
// of containers.
std::vector<PodPlace> find_pods(const Place& document, std::string_view kind);

}  // namespace oakum::kubernetes
