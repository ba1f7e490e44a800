#include "model/kubernetes.h"

#include <algorithm>

namespace oakum {

const Stated<KeyValue>* KubernetesObject::scalar(std::string_view path) const {
  const auto found = std::ranges::find_if(scalars.items, [path](const auto& item) { return item.value.key == path; });
  return found == scalars.items.end() ? nullptr : &*found;
}

}  // namespace oakum
