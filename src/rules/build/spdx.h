// SPDX license expressions: "MIT", "GPL-2.0-only WITH Classpath-exception-2.0 OR (MIT AND 0BSD)".
// https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
#pragma once

#include <string_view>

namespace oakum::rules {

// Every identifier is on the SPDX list (in any case), or a LicenseRef.
bool is_spdx_expression(std::string_view text);

}  // namespace oakum::rules
