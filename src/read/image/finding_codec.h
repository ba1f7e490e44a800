// packages::Finding as bytes (docs/layer-cache.md, "Finding"). Layers keep their findings so: one layer's take a tenth
// of the memory, and the cache holds them as they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "packages/analyser.h"
#include "read/image/wire.h"

namespace oakum::image {

void encode(const Error& error, WireWriter& out);
Error decode_error(WireReader& in);

// All but `path` and `format`, which are kept beside it.
std::string encode_finding(const packages::Finding& finding);
std::optional<packages::Finding> decode_finding(std::string_view bytes, std::string_view path, packages::Format format);

// What makes a package the same one in two layers: its name, version and arch, as a hash. One per package, in order.
std::vector<std::uint64_t> package_keys(const packages::Finding& finding);

}  // namespace oakum::image
