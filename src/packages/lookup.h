// Package databases of a root file system on disk, looked up at their known places, and single database files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "packages/analyser.h"

namespace oakum::packages {

// Findings for what is below the directory. A file that cannot be read is a finding with an error.
Result<std::vector<Finding>> look_up_root(const std::string& root);

// The finding for one file, whose format is told by its name or, failing that, by its first bytes.
Result<Finding> look_up_file(const std::string& path);

// The format of bytes that come without a telling name; Format::none for bytes of no known one.
Format sniff(std::string_view bytes);

}  // namespace oakum::packages
