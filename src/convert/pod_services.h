// The containers of a pod as services: they share a network and volumes, which one service cannot say for all.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "convert/compose_writer.h"
#include "convert/item.h"

namespace oakum::convert {

class PodServices {
 public:
  // `items` must outlive this; their names are looked up when they are there.
  PodServices(const std::vector<Item>& items, Notes& notes);

  // nullopt for what is no container of a pod.
  std::optional<std::string> name_of(const Item& item) const;
  // "service:FIRST" for all but the first container of a pod.
  std::string network_of(const Item& item) const;
  // Names of the empty directories that several containers of its pod mount.
  std::vector<std::string> shared_of(const Item& item) const;
  // What the pod and the objects beside it say: ports that a Service publishes, its name, what starts first.
  void complete(const Item& item, Members& service) const;

 private:
  struct Pod {
    std::vector<std::size_t> members;  // indexes of items, as they stand
    std::size_t first = 0;             // the one that has the network
  };
  const Pod* pod_of(const Item& item) const;
  void order(const Item& item, const Pod& pod, Members& service) const;
  void publish(const Item& item, Members& service) const;

  const std::vector<Item>& items_;
  std::map<const KubernetesObject*, Pod> pods_;
};

}  // namespace oakum::convert
