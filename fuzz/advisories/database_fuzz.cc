// Values of the database, whatever bytes they hold: they decode or are refused.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "advisories/record.h"
#include "advisories/texts.h"
#include "advisories/trailer.h"
#include "advisories/verdict.h"

using namespace oakum;
using namespace oakum::advisories;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const std::vector<StoredFeed> feeds = {{"debian", "", 0, {}}, {"osv", "", 0, {}}};
  static const TextExpander expander({});
  (void)decode_header(bytes);
  (void)decode_summary(bytes);
  (void)decode_details(bytes);
  (void)decode_coverage(bytes);
  (void)decode_lifecycle(bytes);
  (void)decode_statements(bytes);
  (void)decode_trailer(bytes);
  (void)expander.expand(bytes);
  const auto claims = decode_claims(bytes, feeds);
  if (!claims) return 0;
  const InstalledKeys keys{std::string(bytes.substr(0, size / 2)), std::string(bytes.substr(size / 2))};
  std::vector<ClaimAndKeys> all;
  for (const StoredClaim& claim : *claims) all.push_back({&claim, &keys});
  for (const Merge merge : {Merge::any_says_so, Merge::first_fix}) (void)judge(all, {"esm-infra"}, {}, merge);
  return 0;
}
