#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "advisories/changelog.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::advisories;
  const auto entries = parse_changelog({reinterpret_cast<const char*>(data), size});
  if (entries.empty()) return 0;
  for (const ChangelogFix& fix : fixes_in(entries, entries.front().source)) {
    if (!fix.cve.starts_with("CVE-") || fix.version.empty()) std::abort();
  }
  return 0;
}
