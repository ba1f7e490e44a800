// The short syntax of `volumes`, `devices`, `secrets` and `configs`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oakum::compose {

struct ShortMount {
  std::string source;  // "" for an anonymous volume
  std::string target;
  std::vector<std::string> modes;  // "ro", "z", "rshared", …
};

// [SOURCE:]TARGET[:MODE,…]; a drive letter ("C:\data") is part of its path.
ShortMount parse_short_mount(std::string_view text);

// Does `source` name a path of the host (and not a volume)?
bool is_host_path(std::string_view source);

// Where it ends up in the container: what makes two mounts one.
std::string short_mount_target(std::string_view text);

}  // namespace oakum::compose
