// An unpacked tree read in place: a root filesystem, or one directory of an overlay filesystem. Only directories that
// may hold wanted files are entered, no symlink is ever followed, nothing outside the tree is opened and nothing is
// changed.
#pragma once

#include "base/error.h"
#include "read/image/layer_findings.h"
#include "read/image/scan.h"
#include "read/image/source.h"
#include "read/image/wanted.h"

namespace oakum::image {

struct DirectoryFindings {
  LayerFindings findings;
  bool complete = true;  // false when a directory or wanted file could not be read; its error is in the findings
};

// An error only when the tree's top cannot be opened, or a limit is reached.
Result<DirectoryFindings> walk_directory(const ImageSource::Directory& directory, const WantedPaths& wanted,
                                         const Limits& limits);

}  // namespace oakum::image
