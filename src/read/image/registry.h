// Images in registries, layer by layer as they are read; nothing is stored.
#pragma once

#include <memory>

#include "net/reference.h"
#include "net/retry.h"
#include "read/image/oci_manifest.h"
#include "read/image/source.h"

namespace oakum::image {

Result<std::unique_ptr<ImageSource>> open_registry(const net::Reference& reference, const SourceOptions& options,
                                                   const PlatformChoice& choice, const net::RetryPolicy& retry = {});

}  // namespace oakum::image
