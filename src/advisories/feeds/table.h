// The feeds, one declaration per file of this folder.
#pragma once

#include "advisories/feed.h"

namespace oakum::advisories {

extern const Feed kAlpineFeed;
extern const Feed kArchFeed;
extern const Feed kChainguardFeed;
extern const Feed kDebianFeed;
extern const Feed kEndOfLifeFeed;
extern const Feed kEpssFeed;
extern const Feed kKevFeed;
extern const Feed kNodejsFeed;
extern const Feed kOsvFeed;
extern const Feed kPhotonFeed;
extern const Feed kUbuntuFeed;
extern const Feed kVulnrichmentFeed;
extern const Feed kWolfiFeed;

}  // namespace oakum::advisories
