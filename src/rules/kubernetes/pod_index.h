// The pods of what was read together, to be asked which of them a selector takes.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "rules/kit/judge.h"

namespace oakum::rules {

class PodIndex {
 public:
  explicit PodIndex(const Subjects& subjects);

  struct Pod {
    const KubernetesObject* object;
    const PodFacts* facts;
    const Workload* first;  // its first container
    bool fragment;          // is_fragment(*object)
  };
  const std::vector<Pod>& pods() const { return pods_; }
  bool empty() const { return pods_.empty(); }

  // Does the selector take some pod that may be in that namespace?
  bool selects_any(const LabelSelector& selector, std::string_view name_space);
  // Does it take this one?
  bool selects(const LabelSelector& selector, std::string_view name_space, const Pod& pod);
  // Asked more often than kMaxComparisons, the answer is "yes" and this is true: files with tens of thousands of
  // objects would take hours otherwise.
  bool exhausted() const { return left_ == 0; }
  static constexpr std::size_t kMaxComparisons = 5'000'000;

 private:
  std::vector<Pod> pods_;
  std::size_t left_ = kMaxComparisons;
};

}  // namespace oakum::rules
