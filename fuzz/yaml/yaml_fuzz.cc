#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "yaml/yaml.h"

namespace {

// Every span lies in the text, and no tree is deeper or larger than promised.
std::size_t check(const oakum::yaml::Node& node, std::size_t size) {
  if (node.span.begin > node.span.end || node.span.end > size) std::abort();
  std::size_t deepest = 0;
  for (const auto& item : node.items) deepest = std::max(deepest, check(item, size));
  for (const auto& member : node.members) {
    if (member.key_span.begin > member.key_span.end || member.key_span.end > size) std::abort();
    deepest = std::max(deepest, check(member.value, size));
  }
  return deepest + 1;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto documents = oakum::yaml::parse_all("x.yaml", {reinterpret_cast<const char*>(data), size});
  if (!documents) return 0;
  if (documents->roots.size() != documents->spans.size()) std::abort();
  for (const auto& root : documents->roots) {
    if (check(root, size) > oakum::yaml::kMaxDepth + 1) std::abort();
  }
  for (const auto& comment : documents->comments) {
    if (comment.span.end > size || data[comment.span.begin] != '#') std::abort();
  }
  return 0;
}
