#include "fix/run/groups.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

namespace oakum::fix {

namespace {

// Disjoint sets of numbers below `size` (union by the smaller number, paths halved).
class Sets {
 public:
  explicit Sets(std::size_t size) : parents_(size) { std::iota(parents_.begin(), parents_.end(), std::size_t{0}); }

  std::size_t root(std::size_t i) {
    while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parents_;
};

}  // namespace

std::vector<std::vector<std::size_t>> groups_of(const std::vector<UnitTexts>& units) {
  Sets sets(units.size());
  std::map<std::string_view, std::size_t> first_with;
  for (std::size_t i = 0; i < units.size(); ++i) {
    for (const std::string& name : units[i].names) sets.join(i, first_with.emplace(name, i).first->second);
    // No file is called so.
    if (units[i].cluster) sets.join(i, first_with.emplace(std::string_view("\0cluster", 8), i).first->second);
  }
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < units.size(); ++i) members[sets.root(i)].push_back(units[i].unit);
  std::vector<std::vector<std::size_t>> groups;
  for (auto& [root, group] : members) {
    std::ranges::sort(group);
    groups.push_back(std::move(group));
  }
  std::ranges::sort(groups);
  return groups;
}

}  // namespace oakum::fix
