// One vulnerability out of the records of many feeds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "advisories/corpus.h"
#include "advisories/database.h"

namespace oakum::advisories {

// The records of a group, best first: those of the canonical id itself, then by feed and id, then of notices that name
// it.
struct RecordReference {
  std::uint32_t file = 0;
  std::uint32_t record = 0;
};

struct Group {
  std::uint32_t id = 0;  // canonical
  std::vector<RecordReference> records;
  std::vector<std::uint32_t> aliases;
  std::optional<PendingEpss> epss;
  std::optional<PendingKev> kev;
};

// Groups that a claim or CISA's catalogue speaks of, sorted by id. What nothing can be matched with is left out.
std::vector<Group> collect_groups(const Corpus& corpus, const std::vector<ClaimReference>& claims);

VulnerabilitySummary merge_summary(const Corpus& corpus, const Group& group);
// nullopt where no record has a text.
std::optional<VulnerabilityDetails> merge_details(const Corpus& corpus, const Group& group,
                                                  const TextExpander& expander);

}  // namespace oakum::advisories
