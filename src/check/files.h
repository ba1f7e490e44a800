// The files below a directory that a check looks at: what git ignores is left out.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace oakum::check {

struct FileList {
  std::vector<std::string> paths;  // sorted, each starting with the directory as typed
  std::vector<Error> errors;       // directories that could not be read
};

// Limits: 200,000 files, 64 levels; what lies beyond is told in `errors`. Symbolic links to directories are not
// followed. In a git work tree git says which files there are (tracked, and untracked but not ignored); else .git and
// node_modules are left out. With `changed_since` only what differs from that revision (and untracked files); outside a
// work tree that is an error.
Result<FileList> list_files(const std::string& directory, const std::string& changed_since);

}  // namespace oakum::check
