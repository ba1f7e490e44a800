#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "report/yaml.h"

namespace {

std::size_t depth_of(const oakum::report::YamlNode& node) {
  std::size_t deepest = 0;
  for (const auto& item : node.items) deepest = std::max(deepest, depth_of(item));
  for (const auto& [key, value] : node.members) deepest = std::max(deepest, depth_of(value));
  return deepest + 1;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tree = oakum::report::parse_yaml("x.yaml", {reinterpret_cast<const char*>(data), size});
  if (tree && depth_of(*tree) > 40) std::abort();
  return 0;
}
