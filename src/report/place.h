// Where a finding is, as formats that know files and lines want it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "model/report.h"

namespace oakum::report {

// Relative to where the run began, as it was typed or found: "./" and leading slashes are taken off. Never empty.
std::string path_of(const Target& target, const Finding& finding);

// Column in code points, from 1; spans count bytes.
std::size_t column_of(const Finding& finding, std::uint32_t byte_column);

// The same while rule, file, subject and line of text are, so that alerts survive edits elsewhere in the file. 32 hex
// digits.
std::string fingerprint_of(const Target& target, const Finding& finding);

}  // namespace oakum::report
