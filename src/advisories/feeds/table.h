// The feeds, one declaration per file of this folder.
#pragma once

#include "advisories/feed.h"

namespace oakum::advisories {

// Of feeds that are told their files by an index, or read only what others put into the mirror.
std::span<const Download> no_downloads();

extern const Feed kAlmaFeed;
extern const Feed kAlpineFeed;
extern const Feed kAmazonFeed;
extern const Feed kArchFeed;
extern const Feed kAzureLinuxFeed;
extern const Feed kChainguardFeed;
extern const Feed kDebianArchiveFeed;
extern const Feed kDebianFeed;
extern const Feed kEndOfLifeFeed;
extern const Feed kEpssFeed;
extern const Feed kFedoraFeed;
extern const Feed kKevFeed;
extern const Feed kNodejsFeed;
extern const Feed kOracleFeed;
extern const Feed kOsvFeed;
extern const Feed kPhotonFeed;
extern const Feed kPhotonOvalFeed;
extern const Feed kRedHatFeed;
extern const Feed kRockyFeed;
extern const Feed kSuseFeed;
extern const Feed kUbuntuFeed;
extern const Feed kUpdateinfoFeed;
extern const Feed kVulnrichmentFeed;
extern const Feed kWolfiFeed;

}  // namespace oakum::advisories
