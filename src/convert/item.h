// A workload to be written, with what was read around it; and the notes that are taken meanwhile.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "convert/convert.h"
#include "model/subjects.h"

namespace oakum::convert {

struct Item {
  const Workload* workload = nullptr;
  const Subjects* subjects = nullptr;
  const ComposeProject* project = nullptr;   // of a service
  const KubernetesObject* object = nullptr;  // of a container of a pod
  std::string name;                          // on the other side; unique there
  bool is(Surface surface) const { return workload->surface == surface; }
};

class Notes {
 public:
  void cannot(const Item& item, const Origin& origin, std::string what, std::string why) {
    add({Note::Kind::not_said, origin, item.workload->subject, std::move(what), std::move(why)});
  }
  void assume(const Item& item, const Origin& origin, std::string what, std::string why) {
    add({Note::Kind::assumed, origin, item.workload->subject, std::move(what), std::move(why)});
  }
  void add(Note note) {
    for (auto at = notes_.rbegin(); at != notes_.rend() && at - notes_.rbegin() < kLookBack; ++at) {
      if (*at == note) return;
    }
    notes_.push_back(std::move(note));
  }
  std::vector<Note> take() { return std::move(notes_); }

 private:
  static constexpr std::ptrdiff_t kLookBack = 32;  // the same is said again at once, or not at all
  std::vector<Note> notes_;
};

// A label by which a controller or a Service knows its pods: it means nothing elsewhere.
inline bool is_of_controller(const PodFacts& pod, const KeyValue& label) {
  if (label.key == "app.kubernetes.io/name" && label.value == pod.object) return true;
  return std::ranges::find(pod.selector, label) != pod.selector.end();
}

// Compose's dns_search is kept with dns_options; the place tells.
inline bool is_dns_search(const Stated<std::string>& option) {
  return option.origin.node.find("dns_search") != std::string::npos;
}

// What the source calls it: the last part of the origin's path ("pids_limit", "--rm"), else `name`.
std::string spelled(const Origin& origin, std::string_view name);

}  // namespace oakum::convert
