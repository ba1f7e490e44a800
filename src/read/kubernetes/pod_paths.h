// Where objects keep their pods.
#pragma once

#include <string>
#include <vector>

#include "model/workload.h"
#include "read/kubernetes/place.h"

namespace oakum::kubernetes {

// A container that stands outside the lists of a pod spec.
struct LooseContainer {
  Place place;
  PodFacts::Role role;
  std::string name;  // where it has none of its own
};

struct PodPlace {
  Place metadata;                            // of the template
  Place spec;                                // the pod spec
  std::vector<Place> around{};               // what else states fields of a pod spec, weaker than `spec`
  std::vector<LooseContainer> containers{};  // besides those in the lists of `spec`
};

// For the built-in kinds the place their API names, for workflows and tasks their templates; for others every usual
// place of a pod template that holds a list of containers.
std::vector<PodPlace> find_pods(const Place& document, std::string_view kind);

}  // namespace oakum::kubernetes
