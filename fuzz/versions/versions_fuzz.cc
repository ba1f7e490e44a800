// Every version scheme: the first byte chooses it; the rest is two versions and a constraint, a line each.
#include <cstdlib>

#include "base/text.h"
#include "versions/version.h"

namespace {

void require(bool held) {
  if (!held) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const auto scheme =
      static_cast<oakum::VersionScheme>(data[0] % (static_cast<unsigned>(oakum::VersionScheme::crates) + 1U));
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view a = oakum::next_field(rest, '\n');
  const std::string_view b = oakum::next_field(rest, '\n');
  const auto key_a = oakum::versions::key(scheme, a);
  const auto key_b = oakum::versions::key(scheme, b);
  if (key_a && key_b) {
    require(*key_a == *key_b || (!key_a->starts_with(*key_b) && !key_b->starts_with(*key_a)));
    const auto forth = oakum::versions::compare(scheme, a, b);
    require(forth && *forth == (*key_a <=> *key_b));
  }
  const auto satisfied = oakum::versions::satisfies(scheme, a, rest);
  require(satisfied || !satisfied.error().message().empty());
  return 0;
}
