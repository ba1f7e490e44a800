// What has to be fixed together: files that are read into one another, and the objects of one cluster.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace oakum::fix {

// What one unit was read from.
struct UnitTexts {
  std::size_t unit = 0;
  std::set<std::string> names;  // of its own texts: files, and those that it includes or builds
  bool cluster = false;         // is judged together with all others of that kind
};

// The units' numbers, sorted, each in one group; groups sorted by their first. Two units are in one group when they
// share a text, or are both of the cluster, directly or through others.
std::vector<std::vector<std::size_t>> groups_of(const std::vector<UnitTexts>& units);

}  // namespace oakum::fix
