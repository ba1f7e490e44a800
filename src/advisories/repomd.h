// yum and dnf repositories as `oakum db update` meets them: repodata/repomd.xml names updateinfo.xml with its checksum
// (createrepo_c's format; there is no specification), a mirror.list names the repository (Amazon Linux).
#pragma once

#include <string>
#include <string_view>

#include "advisories/feed.h"
#include "base/error.h"

namespace oakum::advisories {

struct RepositoryFile {
  std::string path;    // below the repository's base
  std::string digest;  // "sha256:HEX" or "sha512:HEX"
};

// Where a repository's updateinfo is, by the text of its repomd.xml; `name` names that in errors. An error of code
// not_found when the repository publishes none.
Result<RepositoryFile> updateinfo_in(std::string_view repomd, std::string_view name);

// The first address of a mirror.list: a text file with the base address of one mirror per line.
Result<std::string> first_mirror(std::string_view list, std::string_view name);

// "updateinfo.xml.gz" of "repodata/0123…-updateinfo.xml.gz": the name under which a newer one takes its place.
std::string kept_name(std::string_view location);

// The updateinfo of the repository at `base`, kept in the folder `path` of the mirror; and that of the repository that
// the mirror.list at `url` names.
DownloadIndex yum_repository(const std::string& base, const std::string& path);
DownloadIndex yum_mirror_list(const std::string& url, const std::string& path);

}  // namespace oakum::advisories
