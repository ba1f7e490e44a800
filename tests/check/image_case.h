// An image case of a rule: JSON that becomes a real OCI layout, read as any image is.
#pragma once

#include <string_view>

#include "base/error.h"
#include "model/image_facts.h"

namespace oakum::check {

Result<ImageFacts> image_of_case(std::string_view json);

}  // namespace oakum::check
