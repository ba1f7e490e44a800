// The build context beside a Dockerfile: its .dockerignore, and names in it that no image should get.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "model/dockerfile.h"

namespace oakum::check {

// Path to text, where that is to be taken for what is on disk.
using Texts = std::map<std::string, std::string, std::less<>>;

// What one directory is as a context. Shared by the Dockerfiles of a run; thread-safe.
class ContextCache {
 public:
  struct Entry {
    bool is_directory = false;
    std::optional<std::string> ignore;                // the text of .dockerignore
    std::optional<std::vector<std::string>> entries;  // sensitive names; unset until somebody asks
  };
  // The directory's entry, read at the first call; with `with_entries` its names too.
  Entry look(const std::string& directory, bool with_entries, const Texts* texts);

 private:
  std::mutex mutex_;
  std::map<std::string, Entry> known_;
};

// Fills context, ignore, ignore_file and context_entries. `dockerfile` is the file's path: DOCKERFILE.dockerignore
// beside it comes before .dockerignore of the context, as in BuildKit. Looks two levels deep, at 10,000 names at most;
// a directory that is not there or cannot be read leaves the fields as they were. `cache` and `texts` may be nullptr.
// Returns the text of ignore_file, where there is one.
std::optional<std::string> look_at_context(const std::string& directory, const std::string& dockerfile,
                                           ContextCache* cache, const Texts* texts, Dockerfile& file);

}  // namespace oakum::check
