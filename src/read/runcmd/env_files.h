// Files of --env-file: what they set in the containers of run lines.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/error.h"
#include "model/subjects.h"

namespace oakum::runcmd {

using ReadFile = std::function<Result<std::string>(const std::string& path)>;

// Adds what the files set that the workloads from `first` on name, as variables From::file whose origins lie in the
// file (a source of its own); what the line sets itself wins. A relative path is looked for in `directory` (that of the
// script), then from where the program runs. A file that cannot be read is told as not evaluated. Limits: 1,000 files,
// 100,000 variables.
void read_env_files(const ReadFile& read, const std::string& directory, std::size_t first, Subjects& subjects);

}  // namespace oakum::runcmd
