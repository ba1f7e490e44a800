// A pod template: what it says for all its containers, and its containers.
#pragma once

#include <cstddef>

#include "model/subjects.h"
#include "read/kubernetes/place.h"

namespace oakum::kubernetes {

inline constexpr std::size_t kMaxContainers = 1000;  // of one pod

// The pods of an object, wherever its kind keeps them: nothing for kinds without any.
void read_pods(const Place& document, KubernetesObject& object, Subjects& subjects);

}  // namespace oakum::kubernetes
