// OpenVEX documents as Canonical publishes them (https://github.com/openvex/spec), one per CVE.
#pragma once

#include "advisories/feeds/osv_record.h"

namespace oakum::advisories {

// Pushes what the statements say beyond fixes: not affected, open and why. Fixed versions are OSV's to say.
Status read_ubuntu_vex(JsonValue document, FeedSink& sink, OsvTally& tally);

}  // namespace oakum::advisories
