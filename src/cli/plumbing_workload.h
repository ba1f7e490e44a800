// oakum plumbing workload FILE: {"workloads":[…],"errors":[…]}, each field with its value and origin.
#pragma once

#include <string>

namespace oakum::cli {

int plumbing_workload(const std::string& path);

}  // namespace oakum::cli
