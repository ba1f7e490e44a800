// Unified diffs, as `git apply` and patch(1) take them.
#pragma once

#include <string>
#include <string_view>

namespace oakum::fix {

// "" when both are equal. `path` as it is shown behind a/ and b/ (quoted as git does where it needs to be). `existed`
// false: the file is made. Lines end in \n; a \r belongs to its line, as git has it. Three lines of context. Time is
// bounded: texts that differ in more than some thousand lines become one large hunk.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after, bool existed = true);

}  // namespace oakum::fix
