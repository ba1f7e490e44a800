// `oakum plumbing version SCHEME` and `oakum plumbing constraint SCHEME`: a question per line in, an answer per line
// out.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "base/error.h"
#include "model/distribution.h"

namespace oakum::cli {

// Longer lines are answered with an error of their own; the rest of the line is skipped unread.
inline constexpr std::size_t kMaxPlumbingLine = 65536;

// The scheme by its name; an error (usage) that names the nearest one.
Result<VersionScheme> find_version_scheme(std::string_view name);

// Lines `A<TAB>B` → `-1`, `0`, `1` or `error: …`.
void compare_lines(VersionScheme scheme, std::istream& in, std::ostream& out);

// Lines `VERSION<TAB>CONSTRAINT` → `true`, `false` or `error: …`.
void check_constraint_lines(VersionScheme scheme, std::istream& in, std::ostream& out);

// The same between stdin and stdout; the exit status. 2 for an unknown scheme and for an output that failed.
int plumbing_version(const std::string& scheme);
int plumbing_constraint(const std::string& scheme);

}  // namespace oakum::cli
