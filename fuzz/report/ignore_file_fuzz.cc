// Ignore files, plain and YAML; the first byte chooses.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "report/select.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::report;
  constexpr std::string_view kNames[] = {".trivyignore", ".trivyignore.yaml", ".oakum.yaml"};
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const IgnoreRule& rule : parse_ignore_file(kNames[data[0] % 3], text).rules) {
    const bool empty = rule.ids.empty() && rule.packages.empty() && rule.purls.empty() && rule.paths.empty();
    if (empty || rule.by.empty()) std::abort();  // a rule about nothing would suppress everything
  }
  return 0;
}
