// Platforms as image indexes name them (OCI image-spec, image-index.md "platform"; containerd's rules of matching).
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "model/image.h"

namespace oakum::image {

// "linux/arm64/v8", "arm64", "linux/x86_64": os defaults to linux, kernel names of architectures become Go's.
Result<Platform> parse_platform(std::string_view text);

Platform machine_platform();

// How well an image for `have` serves who wants `want`; 0: not at all. Variants are a matter of taste only when `want`
// states none, as nothing of the image is run.
int platform_rank(const Platform& want, const Platform& have);

}  // namespace oakum::image
