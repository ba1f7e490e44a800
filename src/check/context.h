// The build context beside a Dockerfile: its .dockerignore, and names in it that no image should get.
#pragma once

#include <string>

#include "model/dockerfile.h"

namespace oakum::check {

// Fills context, ignore, ignore_file and context_entries. `dockerfile` is the file's path: DOCKERFILE.dockerignore
// beside it comes before .dockerignore of the context, as in BuildKit. Looks two levels deep, at 10,000 names at most;
// a directory that is not there or cannot be read leaves the fields as they were.
void look_at_context(const std::string& directory, const std::string& dockerfile, Dockerfile& file);

}  // namespace oakum::check
