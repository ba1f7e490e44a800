// Quantities of resources: "500m", "1.5", "128Mi", "1e3", "2k".
// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace oakum::kubernetes {

// The number a quantity stands for; nullopt when it is none.
std::optional<double> parse_quantity(std::string_view text);

// The same in whole units, rounded up as the API server does, held inside the range of the type.
std::optional<std::int64_t> parse_whole_quantity(std::string_view text);

}  // namespace oakum::kubernetes
