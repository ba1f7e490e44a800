// What users type as the target of a scan, taken apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum::image {

enum class Scheme : std::uint8_t {
  none,
  docker_archive,
  oci_archive,
  oci_directory,
  archive,  // of any kind
  rootfs,
  registry,
  docker,
  podman,
  containers_storage,
  overlay2,
};

struct Target {
  Scheme scheme = Scheme::none;
  std::string rest;  // without the scheme
};

// Spellings of Grype, Trivy, Docker Scout and skopeo are known too. A name that only looks like one with a scheme
// ("localhost:5000/app", "nginx:1.27") has none. Schemes that oakum knows of but does not read are errors.
Result<Target> parse_target(std::string_view text);

// "app.tar:tag" of an existing "app.tar": the file and what is chosen in it.
struct PathTarget {
  std::string path;
  std::string wanted;
};
PathTarget split_path(std::string_view text);

// "[driver@/root+/run]name" of containers-storage, "[/root]name" of overlay2; `root` is empty without brackets.
struct StorageTarget {
  std::string root;
  std::string name;
};
Result<StorageTarget> split_storage(std::string_view text);

}  // namespace oakum::image
