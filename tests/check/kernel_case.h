// kernel.json of a container case: members of KernelFacts.
#pragma once

#include <string_view>

#include "base/error.h"
#include "model/workload.h"

namespace oakum::check {

Result<KernelFacts> kernel_of_case(std::string_view json);

}  // namespace oakum::check
