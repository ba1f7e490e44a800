// Inside read/runcmd: -v, --mount and --tmpfs.
#pragma once

#include <optional>
#include <string_view>

#include "model/workload.h"

namespace oakum::runcmd {

// [source:]target[:options], also with Windows drive letters.
std::optional<Mount> volume_of(std::string_view text);
// type=…,source=…,target=…: https://docs.docker.com/engine/storage/bind-mounts/, podman-run(1).
std::optional<Mount> mount_of(std::string_view text);
// target[:options]
Mount tmpfs_of(std::string_view text);

}  // namespace oakum::runcmd
