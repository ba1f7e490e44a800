// updateinfo.xml: the notices of a yum or dnf repository (written by createrepo_c's modifyrepo_c, Pulp, Bodhi; there is
// no specification beyond libsolv's and createrepo_c's readers of it).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "advisories/feed.h"

namespace oakum::advisories {

struct UpdatePackage {
  std::string_view name;
  std::string_view epoch;
  std::string_view version;
  std::string_view release;
  std::string_view arch;
  std::string module;  // "nodejs:18"; empty for a package of no module
};

// Views live until the visitor returns.
struct Update {
  std::string_view id;    // "ALAS2023-2024-123", "RLSA-2024:1234", "FEDORA-2024-abcdef"
  std::string_view type;  // "security", "bugfix", …
  std::string_view title;
  std::string_view severity;
  std::string_view issued;
  std::string_view updated;
  std::string_view description;
  std::vector<std::string> cves;             // sorted
  std::vector<std::string_view> references;  // addresses
  std::vector<UpdatePackage> packages;
};

using UpdateVisitor = std::function<void(const Update&)>;
Status read_updateinfo(const FeedFile& file, FeedSink& sink, const UpdateVisitor& visit);

// "1:1.2-3"; an epoch that is absent is 0 and left out.
std::string evr_text(std::string_view epoch, std::string_view version, std::string_view release);

// What a notice claims: each of its packages is fixed at the version it ships.
struct UpdateScope {
  std::string ecosystem;
  std::string_view source;  // who says so, for severities
  std::string channel;
};
void claim_update(const Update& update, const UpdateScope& scope, FeedSink& sink);

// Reads a whole file of one scope.
Status read_updates(const FeedFile& file, const UpdateScope& scope, FeedSink& sink);

// The same, of a file whose path is FAMILY/RELEASE/…, which are its ecosystem; `channel` as in Claim.
Status read_updates_of(const FeedFile& file, std::string_view family, std::string channel, FeedSink& sink);

// Whether the path ends in updateinfo.xml, compressed or not ("abc123-updateinfo.xml.gz").
bool is_updateinfo(std::string_view path);

}  // namespace oakum::advisories
