// The databases of rpm(8): SQLite (rpmdb.sqlite), NDB (Packages.db), Berkeley DB hash (Packages), and the package list
// that distroless images of Azure Linux carry instead of one (container-manifest-2).
#pragma once

#include <string_view>

#include "packages/analyser.h"

namespace oakum::packages {

// Which of the three databases `bytes` is, is told by its first bytes, not by `format`, which is a guess from the name;
// rpm_manifest is taken as said. Package.version is "[epoch:]version-release"; source.version is "version-release"
// without an epoch, since SOURCERPM, the only place that names the source, never states one.
Finding analyse_rpm(Format format, const FileInfo& file, std::string_view bytes);

}  // namespace oakum::packages
