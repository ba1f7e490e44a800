// Files on disk: what fixes write.
#pragma once

#include <string>

#include "base/error.h"
#include "fix/run/run.h"

namespace oakum::fix {

// Writes `after` in place of what the path leads to: links are followed, mode and owner stay, readers see the old bytes
// or the new. Refused when the file is not what was read (somebody else wrote it meanwhile), is read-only, or is no
// regular file. A new file gets mode 0644, in a directory that is made when it is not there; one whose name says that
// it holds secrets gets 0700.
Status save(const FileChange& change);

}  // namespace oakum::fix
