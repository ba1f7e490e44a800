// Findings of rules as SARIF 2.1.0 results and reporting descriptors.
#pragma once

#include <cstddef>

#include <nlohmann/json_fwd.hpp>

#include "model/report.h"

namespace oakum::report {

nlohmann::ordered_json sarif_descriptor(const RuleText& rule);
nlohmann::ordered_json sarif_result(const Target& target, const Finding& finding, std::size_t rule_index);

}  // namespace oakum::report
