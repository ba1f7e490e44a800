// One OSV record (https://ossf.github.io/osv-schema/) as claims.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "advisories/feed.h"
#include "advisories/feeds/json.h"

namespace oakum::advisories {

// What a run over one file of records has come across.
struct OsvTally {
  std::set<std::string> ecosystems;  // with claims, in oakum's names ("alma:9")
  std::set<std::string> unknown;     // OSV ecosystems that oakum does not know, by family
  std::uint64_t records = 0;
  std::uint64_t withdrawn = 0;
  std::uint64_t informational = 0;  // no vulnerability: bug fixes, RustSec's unmaintained and notice
  std::string newest;               // latest day of publication (`modified` has days to come in it)
};

// Pushes the record's claims and what it says of the vulnerability. An error for a text that is no OSV record.
Status read_osv_record(JsonValue record, FeedSink& sink, OsvTally& tally);

// After the last record of a file: tells `sink` of the unknown ecosystems, in one line each.
void note_unknown(const OsvTally& tally, std::string_view place, FeedSink& sink);

}  // namespace oakum::advisories
