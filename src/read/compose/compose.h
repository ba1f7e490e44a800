// Compose files: https://github.com/compose-spec/compose-spec. Several files are merged as `docker compose -f a -f b`
// does.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/subjects.h"

namespace oakum::compose {

// How the reader reaches other files (include, extends, env_file, .env, Dockerfiles of `build`). Paths are as the
// Compose file writes them, already resolved against the file's directory. Errors of code not_found are said in
// Subjects::errors.
class Files {
 public:
  virtual ~Files() = default;
  virtual Result<std::string> read(const std::string& path) const = 0;
};

struct Options {
  std::map<std::string, std::string, std::less<>>
      environment;          // for interpolation; .env beside the first file adds to it
  bool read_builds = true;  // read the Dockerfiles that `build` names
  bool all_profiles = true;
};

struct Input {
  std::string name;  // path as typed; relative paths in all inputs resolve against the first one's directory
  std::string text;
};

// Appends sources, workloads, Dockerfiles and one project to `subjects`; what is wrong is in `subjects.errors` and the
// rest is read. `inputs` are merged in order. Files of env_file are sources of their own; one that is not there is told
// unless `required: false` says that it may be missing. Limits: 100 files, 1,000 of env_file and 100,000 variables of
// them, 20 levels of include and extends (cycles are told by name), 10,000 members of a section, 1,000 errors.
void read(const std::vector<Input>& inputs, const Files& files, const Options& options, Subjects& subjects);

// Does this look like a Compose file? A mapping with `services` (a mapping), or only include/networks/volumes/… .
bool looks_like_compose(std::string_view text);

}  // namespace oakum::compose
