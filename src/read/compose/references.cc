#include "read/compose/references.h"

#include <cstddef>
#include <string>
#include <vector>

#include "base/text.h"

namespace oakum::compose {

namespace {

// Comparing costs: no more names are looked at for a hint, and no longer ones.
constexpr std::size_t kMostNames = 200;
constexpr std::size_t kLongestName = 64;

std::string hint(std::string_view section, std::string_view name, const Value* declared) {
  std::vector<std::string_view> names;
  if (declared != nullptr) {
    for (const Entry& entry : declared->members) {
      if (names.size() < kMostNames && entry.name.size() <= kLongestName) names.push_back(entry.name);
    }
  }
  const std::string_view near = nearest(name.substr(0, kLongestName), names);
  if (!near.empty()) return "did you mean \"" + std::string(near) + "\"?";
  return "declare it below the top-level key \"" + std::string(section) + "\"";
}

}  // namespace

void expect_declared(Service& service, std::string_view section, std::string_view name, std::uint32_t source,
                     const Span& where) {
  if (service.context.is_overlay) return;
  const Value* declared = service.model.find(section);
  if (declared != nullptr && declared->find(name) != nullptr) return;
  if (!service.context.wants_errors()) return;
  const std::string_view kind = section.substr(0, section.size() - 1);
  service.context.error(source, where,
                        service.workload.subject + " refers to the " + std::string(kind) + " \"" + printable(name, 80) +
                            "\", which is not declared",
                        hint(section, name, declared));
}

}  // namespace oakum::compose
