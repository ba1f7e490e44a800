// The secdb format of Alpine, Wolfi and Chainguard: per package, versions and the ids that each fixes.
#pragma once

#include <string_view>

#include "advisories/feed.h"

namespace oakum::advisories {

// Pushes the claims of one secdb document. `bytes` is padded; `ecosystem` is what it speaks for.
Status read_secdb(std::string_view bytes, std::string_view place, std::string_view ecosystem, FeedSink& sink);

// The same from a file of the mirror.
Status read_secdb_file(const FeedFile& file, std::string_view ecosystem, FeedSink& sink);

}  // namespace oakum::advisories
