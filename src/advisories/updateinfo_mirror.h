// Fetching the updateinfo.xml of a yum or dnf repository: its name is in repodata/repomd.xml, with its checksum.
#pragma once

#include <string>

#include "base/error.h"

namespace oakum::advisories {

struct UpdateinfoRequest {
  std::string mirror;  // the repository's base (http(s)://, file://, a directory), or the address of a mirror.list
  std::string path;    // where to keep it below `output`: "rocky/9/BaseOS/x86_64" (feeds/rocky.cc and its siblings)
  std::string output;  // the mirror's root, where the feeds' files are kept
};

// The path below `output` of the file now there: fetched, or found there with the right checksum. An error of code
// not_found when the repository publishes no updateinfo.
Result<std::string> fetch_updateinfo(const UpdateinfoRequest& request);

}  // namespace oakum::advisories
