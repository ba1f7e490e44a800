// What a service names must be declared at the top level: `docker compose` refuses the project otherwise.
#pragma once

#include <string_view>

#include "read/compose/service.h"

namespace oakum::compose {

// Tells at `where` of `source` when `section` ("volumes", "networks", "secrets", "configs") has no member `name`.
void expect_declared(Service& service, std::string_view section, std::string_view name, std::uint32_t source,
                     const Span& where);

}  // namespace oakum::compose
